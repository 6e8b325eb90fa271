"""The screen: what a person sees and touches; it stands on the library and the rules alone."""
