"""What comes from other readers: their files → feeds, views, options and keys, and what stays behind.

One room for each program's format. It must never run, open or fetch what a file names.
"""
