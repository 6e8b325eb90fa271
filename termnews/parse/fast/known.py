"""Names of elements that feedparser treats in a way of their own, or keeps where a known one is looked for.

An element with such a name is never passed over as unknown: it is read by a rule, or the document is left
to feedparser. A test holds the first list against feedparser itself.
"""

from __future__ import annotations

from typing import Final

_KNOWN = """
abstract admin_errorreportsto admin_generatoragent author body category cc_license channel cloud
content content_encoded contributor copyright created creativecommons_license dc_author
dc_contributor dc_creator dc_date dc_description dc_language dc_publisher dc_rights dc_subject
dc_title dcterms_created dcterms_issued dcterms_modified dcterms_valid description div email
enclosure entry expirationdate feed feedburner_browserfriendly fullitem generator geom georss_box
georss_line georss_point georss_polygon georss_where georssgeom gml_exterior gml_linearring
gml_linestring gml_point gml_polygon gml_pos gml_poslist guid height homepage id image info issued
item itunes_author itunes_block itunes_category itunes_email itunes_explicit itunes_image
itunes_keywords itunes_link itunes_name itunes_owner itunes_subtitle itunes_summary keywords
language lastbuilddate link managingeditor math media_category media_content media_credit
media_description media_group media_keywords media_license media_player media_rating
media_restriction media_thumbnail media_title modified name newlocation psc_chapter psc_chapters
pubdate published rights rss source subtitle summary svg tagline tags textinput title updated uri
url webmaster where width xhtml_body xhtml_div
"""
FEEDPARSER_KNOWS: Final = frozenset(_KNOWN.split())
"""Elements feedparser treats in a way of their own."""

_LATER = """
author_detail authors category channel content created_parsed date date_parsed description_detail
entries feed feedburner_origlink guidislink issued_parsed items links media_content media_thumbnail
modified_parsed pheedo_origlink published_parsed subtitle_detail summary_detail sy_updatefrequency
sy_updateperiod title_detail ttl updated_parsed
"""
READ_LATER: Final = frozenset(_LATER.split())
"""Names under which feedparser would keep an unknown element where a known one is looked for."""
