"""Regions: codes and how they nest, names in many languages, what a person types, the packed file."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termnews import regions
from termnews.models import Region
from termnews.regions import lookup, pack, table
from termnews.regions.keys import key, script

ROOT = Path(__file__).resolve().parents[2]
HAND = ROOT / "tools" / "regions"
ALL = sorted(regions.within("001"))
COUNTRIES = [code for code in ALL if table.rank(code) == 0]
SUBDIVISIONS = [code for code in ALL if table.rank(code) >= 2]


def hand_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            first, _, rest = line.partition("\t")
            yield first, rest.split(" | ")


# --- what lies in what ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "around"),
    [
        ("TJ-GB", ("TJ", "143", "142", "001")),
        ("TJ", ("143", "142", "001")),
        ("US", ("021", "019", "001")),
        ("BR", ("005", "019", "001")),
        ("GB-LND", ("GB-ENG", "GB", "154", "150", "001")),
        ("XK", ("039", "150", "001")),
        ("TW", ("030", "142", "001")),
        ("AQ", ("001",)),
        ("EU", ("150", "001")),
        ("001", ()),
        ("ZZ-9", ()),
    ],
)
def test_ancestors(code: str, around: tuple[str, ...]) -> None:
    assert regions.ancestors(code) == around
    assert regions.parent(code) == (around[0] if around else None)


def test_every_code_leads_to_the_world_without_a_cycle() -> None:
    for code in ALL:
        chain = (code, *regions.ancestors(code))
        assert chain[-1] == "001"
        assert len(set(chain)) == len(chain)


def test_the_table_is_whole() -> None:
    assert len(COUNTRIES) == 250, "249 of ISO 3166-1, and Kosovo"
    assert len(SUBDIVISIONS) > 5000
    assert {code for code in ALL if regions.parent(code) == "001"} == {
        "002", "009", "019", "142", "150", "AQ",
    }  # fmt: skip
    assert {code for code in ALL if regions.parent(code) == "143"} == {"KG", "KZ", "TJ", "TM", "UZ"}


def test_within_holds_all_below() -> None:
    assert regions.within("TJ") == {"TJ", "TJ-DU", "TJ-GB", "TJ-KT", "TJ-RA", "TJ-SU"}
    assert regions.within("TJ") < regions.within("143") < regions.within("142") < regions.within("001")
    assert regions.within("TJ-GB") == {"TJ-GB"}
    assert regions.within("GB") > {"GB-ENG", "GB-LND"}


def test_within_agrees_with_ancestors() -> None:
    for code in ("142", "019", "FR", "GB-ENG"):
        assert regions.within(code) == {
            each for each in ALL if code == each or code in regions.ancestors(each)
        }


@pytest.mark.parametrize(
    ("grouping", "inside", "outside"),
    [("EU", "DE-BY", "GB"), ("419", "MX", "US"), ("003", "MX", "BR"), ("202", "KE", "EG")],
)
def test_groupings_cut_across(grouping: str, inside: str, outside: str) -> None:
    assert inside in regions.within(grouping)
    assert outside not in regions.within(grouping)
    assert grouping not in regions.ancestors(inside)


@pytest.mark.parametrize(
    ("code", "rank"),
    [("TJ", 0), ("XK", 0), ("143", 1), ("EU", 1), ("TJ-GB", 2), ("GB-ENG", 2), ("GB-LND", 3)],
)
def test_rank(code: str, rank: int) -> None:
    assert table.rank(code) == rank


def test_unknown_code_is_its_own_world() -> None:
    assert regions.within("ZZ-9") == {"ZZ-9"}
    assert regions.region("ZZ-9") == Region("ZZ-9", "ZZ-9", None)


# --- names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("TJ", "en", "Tajikistan"),
        ("TJ", "ru", "Таджикистан"),
        ("TJ", "tg", "Тоҷикистон"),
        ("TJ", "fa", "تاجیکستان"),
        ("TJ-GB", "ru", "Горно-Бадахшанская автономная область"),
        ("TJ-GB", "tg", "Вилояти Мухтори Кӯҳистони Бадахшон"),
        ("TJ-RA", "en", "Districts of Republican Subordination"),
        ("DE-BY", "de", "Bayern"),
        ("DE-BY", "de-AT", "Bayern"),
        ("BR", "pt_BR", "Brasil"),
        ("DE", "FR", "Allemagne"),
        ("US-TX", "tg", "Texas"),
        ("TJ", "tlh", "Tajikistan"),
        ("TJ", "", "Tajikistan"),
        ("IR-23", "en", "Tehran"),
        ("FR-IDF", "en", "Île-de-France"),
        ("HK", "en", "Hong Kong"),
    ],
)
def test_name(code: str, lang: str, name: str) -> None:
    assert regions.name(code, lang) == name
    assert regions.region(code, lang) == Region(code, name, regions.parent(code))


def test_every_region_has_a_clean_english_name() -> None:
    for code in ALL:
        name = regions.name(code)
        assert name == name.strip() != code
        assert not re.search(r"[†*²³\t]|EH-partial", name), (code, name)


@pytest.mark.parametrize("lang", ["en", "ru", "tg", "fa"])
def test_country_is_found_by_its_own_name(lang: str) -> None:
    lost = {
        code: regions.name(code, lang) for code in COUNTRIES if regions.find(regions.name(code, lang)) != code
    }
    assert lost == {}


def test_other_languages_lose_one_country_name_each_at_most() -> None:
    # "Congo" of Spanish is the Republic in CLDR and the larger neighbour in the news.
    # "Nga" of Vietnamese is Nigeria's alpha-3 code: codes come first.
    lost = {
        (lang, code)
        for lang in (name.partition(".")[2] for name in pack.sections() if name.startswith("names."))
        for code in COUNTRIES
        if regions.find(regions.name(code, lang)) != code
    }
    assert lost <= {("es", "CG"), ("vi", "RU")}


# --- find ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Codes, in any case; other and retired codes of a place.
        ("tj", "TJ"), ("TJ-GB", "TJ-GB"), ("tj-gb", "TJ-GB"), ("tj_gb", "TJ-GB"), ("143", "143"),
        (" eu ", "EU"),
        ("TJK", "TJ"), ("762", "TJ"), ("US-PR", "PR"), ("FR-974", "RE"), ("CN-HK", "HK"),
        ("KZ-ALA", "KZ-75"),
        ("NL-BQ1", "BQ-BO"), ("uk", "GB"),
        # Gorno-Badakhshan by all its names.
        ("GBAO", "TJ-GB"), ("ГБАО", "TJ-GB"), ("ВМКБ", "TJ-GB"), ("Kuhistoni Badakhshon", "TJ-GB"),
        ("Горно-Бадахшанская автономная область", "TJ-GB"), ("Badakhshan", "TJ-GB"), ("Бадахшон", "TJ-GB"),
        ("Вилояти Мухтори Кӯҳистони Бадахшон", "TJ-GB"), ("вилояти мухтори кухистони бадахшон", "TJ-GB"),
        ("Gorno Badakhshan", "TJ-GB"), ("بدخشان تاجیکستان", "TJ-GB"), ("بدخشان", "AF-BDS"),
        # The rest of Tajikistan and its neighbours.
        ("Sughd", "TJ-SU"), ("Суғд", "TJ-SU"), ("Сугд", "TJ-SU"), ("Согд", "TJ-SU"),
        ("Согдийская область", "TJ-SU"),
        ("Khatlon", "TJ-KT"), ("Хатлон", "TJ-KT"), ("Хатлонская область", "TJ-KT"), ("Душанбе", "TJ-DU"),
        ("РРП", "TJ-RA"), ("НТҶ", "TJ-RA"), ("DRS", "TJ-RA"), ("Tashkent", "UZ-TK"),
        ("Ташкентская область", "UZ-TO"),
        ("Самарқанд", "UZ-SA"), ("Қашқадарё", "UZ-QA"), ("Иссык-Куль", "KG-Y"), ("Алма-Ата", "KZ-75"),
        ("Алматинская область", "KZ-19"), ("Ҳирот", "AF-HER"), ("قندهار", "AF-KAN"), ("Мары", "TM-M"),
        # Countries as people write them.
        ("USA", "US"), ("U.S.", "US"), ("America", "US"), ("США", "US"), ("ИМА", "US"),
        ("Иёлоти Муттаҳида", "US"),
        ("U.K.", "GB"), ("Britain", "GB"), ("Бритониё", "GB"), ("England", "GB-ENG"), ("Англия", "GB-ENG"),
        ("Россия", "RU"), ("РФ", "RU"), ("Фаронса", "FR"), ("Олмон", "DE"), ("Хитой", "CN"), ("Чин", "CN"),
        ("Эрон", "IR"), ("Deutschland", "DE"), ("Espagne", "ES"), ("日本", "JP"), ("中国", "CN"),
        ("भारत", "IN"),
        ("مصر", "EG"), ("cote d'ivoire", "CI"), ("COTE DIVOIRE", "CI"), ("The Gambia", "GM"),
        ("St Lucia", "LC"),
        ("Turkey", "TR"), ("Burma", "MM"), ("Czech Republic", "CZ"), ("Palestine", "PS"),
        ("Ӯзбекистон", "UZ"),
        # Parts of the world.
        ("Central Asia", "143"), ("Центральная Азия", "143"), ("Средняя Азия", "143"),
        ("Осиёи Марказӣ", "143"),
        ("آسیای مرکزی", "143"), ("Asia", "142"), ("Европа", "150"), ("Latin America", "419"), ("ЕС", "EU"),
        ("Middle East", "145"), ("world", "001"), ("Америка", "019"), ("North America", "003"),
        # Provinces elsewhere, also of a shared name or with the word for their kind.
        ("Bayern", "DE-BY"), ("Бавария", "DE-BY"), ("Punjab province", "IN-PB"),
        ("Kharkiv Oblast", "UA-63"),
        ("Georgia", "GE"), ("Грузия", "GE"), ("Washington", "US-WA"), ("Tehran", "IR-23"),
        ("تهران", "IR-23"),
        # The one that lies there.
        ("Georgia, US", "US-GA"), ("Badakhshan, Afghanistan", "AF-BDS"), ("Punjab, Pakistan", "PK-PB"),
        ("Badakhshan، Afghanistan", "AF-BDS"),
        # Nothing.
        ("", None), ("  ", None), (",", None), ("none", None), ("Nowhere", None),
        ("республика", None), ("TJ-XX", None),
        ("Georgia, Nowhere", None), ("Bavaria, France", None), ("a\tb\nc", None), ("\n", None),
        ("tj\t", "TJ"),
    ],
)  # fmt: skip
def test_find(text: str, code: str | None) -> None:
    assert regions.find(text) == code


@given(st.text(max_size=40))
def test_find_takes_any_text(text: str) -> None:
    assert regions.find(text) in {None, *ALL}


@pytest.mark.parametrize("code", ["TJ-GB", "GE", "CI", "KG", "143", "UZ-TK"])
@pytest.mark.parametrize("lang", ["en", "ru", "tg", "fa", "ky"])
def test_case_hyphens_and_dots_make_no_difference(code: str, lang: str) -> None:
    name = regions.name(code, lang)
    for written in (name.upper(), name.lower(), name.replace("-", " "), name.replace(" ", "-"), f" {name}. "):
        assert regions.find(written) == regions.find(name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ёбург", "Ебург"), ("Тоҷикистон", "ТОЧИКИСТОН"), ("ӣӯғқҳ", "иугкх"),
        ("Қырғыз", "Кыргыз"), ("Өзбек", "Озбек"),
        ("كي", "کی"), ("می‌خواهم", "میخواهم"), ("آسيا", "اسیا"), ("Łódź", "Lodz"),
        ("İzmir", "Izmir"), ("Køge", "Koge"),
        ("Guinea-Bissau", "Guinea Bissau"), ("U.S.A.", "usa"), ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("A & B", "a and b"),
        ("Ｔｏｋｙｏ", "tokyo"), ("Straße", "strasse"), ("St. Lucia", "Saint Lucia"),
        ("The Hague", "Hague"),
    ],
)  # fmt: skip
def test_equal_keys(first: str, second: str) -> None:
    assert key(first) == key(second)


@pytest.mark.parametrize(
    ("first", "second"), [("Йемен", "Иемен"), ("が", "か"), ("कि", "क"), ("Niger", "Nigeria")]
)
def test_different_keys(first: str, second: str) -> None:
    assert key(first) != key(second)


@given(st.text(max_size=40))
def test_key_of_a_key_is_that_key(text: str) -> None:
    folded = key(text)
    assert key(folded) == folded
    assert "\t" not in folded
    assert "\n" not in folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tj", "latin"),
        ("т", "cyrillic"),
        ("ت", "arabic"),
        ("日", "other"),
        ("", "latin"),
        ("21 т", "cyrillic"),
    ],
)
def test_script(text: str, expected: str) -> None:
    assert script(text) == expected


# --- nearest -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tajikstan", "TJ"), ("Tadjkistan", "TJ"), ("Kyrgistan", "KG"), ("Uzbekitsan", "UZ"),
        ("Germny", "DE"),
        ("Frnace", "FR"), ("Таджикстан", "TJ"), ("Тоҷикистн", "TJ"), ("Sughdd", "TJ-SU"),
        ("Munich", "DE-BY"),
        ("Хорог", "TJ-GB"), ("تاجکستان", "TJ"),
    ],
)  # fmt: skip
def test_nearest_to_a_typing_error(text: str, code: str) -> None:
    assert regions.nearest(text)[0] == regions.region(code)


def test_nearest_offers_as_many_as_asked_each_once() -> None:
    offers = [each.code for each in regions.nearest("Kurdstan", n=5)]
    assert 1 < len(offers) <= 5
    assert len(set(offers)) == len(offers)
    assert len(regions.nearest("Kurdstan", n=1)) == 1


@pytest.mark.parametrize("text", ["", "   ", "zzzzqqqq", "\n"])
def test_nearest_to_nothing(text: str) -> None:
    assert regions.nearest(text) == ()


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [("abc", "abc", 0), ("abc", "abd", 1), ("abc", "acb", 1), ("abc", "ab", 1), ("ab", "abc", 1),
     ("abcd", "badc", 2),
     ("abcdef", "uvwxyz", 3), ("", "ab", 2), ("abcd", "", 3)],
)  # fmt: skip
def test_edits(first: str, second: str, distance: int) -> None:
    assert lookup.edits(first, second, 2) == distance


# --- search --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("taj", "TJ"), ("тадж", "TJ"), ("тоҷ", "TJ"), ("точ", "TJ"), ("تاج", "TJ"), ("塔吉", "TJ"),
        ("tj", "TJ"),
        ("gbao", "TJ-GB"), ("вмкб", "TJ-GB"), ("tj-g", "TJ-GB"), ("горно", "TJ-GB"), ("Кӯҳис", "TJ-GB"),
        ("berl", "DE-BE"), ("berlin", "DE-BE"), ("united s", "US"), ("united k", "GB"), ("centr as", "143"),
        ("central", "CF"), ("143", "143"), ("bav", "DE-BY"), ("tadzhikstan", "TJ"), ("uzbekitsan", "UZ"),
        ("nirth korea", "KP"), ("uzbakistam", "UZ"), ("korea", "KR"), ("khorog", "TJ-GB"),
        ("хуҷанд", "TJ-SU"), ("munich", "DE-BY"),
        ("georgia", "GE"), ("東京", "JP-13"), ("badakhshan", "TJ-GB"), ("南", "AQ"),
    ],
)  # fmt: skip
def test_search_puts_first(typed: str, code: str) -> None:
    assert regions.search(typed)[0].code == code


def test_search_finds_loose_letters() -> None:
    assert "DE-BY" in [each.code for each in regions.search("muc")[:8]], "Munich"
    assert "UZ" in [each.code for each in regions.search("uzkst")]


def test_letters_left_out_are_not_looked_for_once_five_stand_in_a_name() -> None:
    found = {each.code for each in regions.search("tajik")}
    assert "TJ" in found
    assert not found & {"VI", "TL", "NO-54"}  # t…a…j…i…k in "Tromssan ja Finmarkku"
    assert regions.search("tjkstn")[0].code == "TJ"  # where nothing else fits


def test_search_ranks_names_before_towns_and_countries_before_provinces() -> None:
    found = [each.code for each in regions.search("tash")]
    assert found.index("UZ-TK") < found.index("UZ"), "a town of that name counts for its country, but less"
    found = [each.code for each in regions.search("ind")]
    assert found[:2] == ["IN", "ID"] or found[:2] == ["ID", "IN"]
    assert found.index("ID") < found.index("US-IN")


def test_search_ranks_word_starts_before_letters_inside() -> None:
    found = [each.code for each in regions.search("mark")]
    assert found.index("DM-08") < found.index("DK"), "Saint Mark, Denmark"


def test_search_stops_at_a_whole_name() -> None:
    assert [each.code for each in regions.search("gbao")] == ["TJ-GB"]


def test_search_prefers_names_in_the_language_shown() -> None:
    assert regions.search("spa", "en")[0].code == "ES"
    german = [each.code for each in regions.search("deu", "de")]
    assert german[0] == "DE"
    assert regions.search("таджик", "ru")[0].name == "Таджикистан"


def test_search_does_not_read_codes_as_names() -> None:
    assert {each.code for each in regions.search("05")} <= set(ALL)


def test_search_lists_the_subdivisions_of_a_code_begun() -> None:
    found = [each.code for each in regions.search("tj-")]
    assert set(found[:5]) == regions.within("TJ") - {"TJ"}


def test_search_gives_each_region_once_and_not_too_many() -> None:
    for typed in ("a", "s", "an", "san", "а"):
        found = [each.code for each in regions.search(typed)]
        assert len(found) == len(set(found)) == 60


@pytest.mark.parametrize("typed", ["", "  ", "\t", "xyzzyq", "‌"])
def test_search_for_nothing(typed: str) -> None:
    assert regions.search(typed) == ()


@given(st.text(max_size=60))
def test_search_takes_any_text(typed: str) -> None:
    assert all(each.code in regions.within("001") for each in regions.search(typed))


# --- tree ----------------------------------------------------------------------------------


def rows(codes: list[str], lang: str = "en") -> list[tuple[str, int]]:
    return [(region.code, depth) for region, depth in regions.tree(codes, lang)]


def test_tree_shows_what_is_around_in_order_of_names() -> None:
    assert rows(["TJ-GB", "KZ", "DE", "TJ"]) == [
        ("142", 0), ("143", 1), ("KZ", 2), ("TJ", 2), ("TJ-GB", 3), ("150", 0), ("155", 1), ("DE", 2),
    ]  # fmt: skip


def test_tree_is_ordered_by_the_names_shown() -> None:
    assert rows(["AM", "AZ", "GE"], "en")[2:] == [("AM", 2), ("AZ", 2), ("GE", 2)]
    assert rows(["AM", "AZ", "GE"], "ru")[2:] == [("AZ", 2), ("AM", 2), ("GE", 2)]
    assert regions.tree(["TJ"], "ru")[0][0].name == "Азия"


def test_tree_has_the_world_only_when_asked_and_unknown_codes_last() -> None:
    assert rows(["ZZ", "001", "AQ", "EU"]) == [("001", 0), ("AQ", 0), ("150", 0), ("EU", 1), ("ZZ", 0)]
    assert rows([]) == []


# --- the packed file -----------------------------------------------------------------------


def test_manifest_names_these_bytes() -> None:
    manifest = json.loads(pack.PACK.with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == hashlib.sha256(pack.PACK.read_bytes()).hexdigest()
    assert pack.PACK.stat().st_size <= 600_000
    assert list(manifest["sections"]) == list(pack.sections())
    for name, entry in manifest["sections"].items():
        text = pack.section(name)
        assert entry == {"lines": text.count("\n"), "sha256": hashlib.sha256(text.encode()).hexdigest()}


def test_a_section_that_is_not_there_is_empty() -> None:
    assert pack.section("names.xx") == ""


def test_packed_keys_are_made_by_this_key_function() -> None:
    for name in pack.sections():
        if name.startswith("keys.") or name == "seats":
            for line in pack.section(name).splitlines()[::5]:
                folded, _, codes = line.partition("\t")
                assert key(folded) == folded
                assert set(codes.split(" ")) <= set(ALL)


@pytest.mark.parametrize("path", sorted(HAND.rglob("*.txt")), ids=lambda path: str(path.relative_to(HAND)))
def test_text_files_are_sorted_and_packed(path: Path) -> None:
    if path.name == "requirements.txt":
        return
    found = list(hand_rows(path))
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert [first for first, _ in found] == sorted({first for first, _ in found}), "sorted, none twice"
    for first, names in found:
        match path.parent.name, path.name:
            case "names", _:
                assert regions.name(first, path.stem) == names[0]
            case "aliases", _:
                assert all(first in lookup.named(name) for name in names), first
            case "seats", _:
                assert all(first in lookup.codes_of(key(name), "seats") for name in names), first
            case _, "preferred.txt":
                assert regions.find(first) == names[0]
            case _:
                assert regions.find(first) == names[0], "codes.txt"


# --- starter feeds -------------------------------------------------------------------------


def starter_feeds() -> list[ElementTree.Element]:
    document = ElementTree.parse(ROOT / "termnews" / "data" / "feeds.opml").getroot()
    assert document.tag == "opml"
    assert document.get("version") == "2.0"
    return [outline for outline in document.iter("outline") if outline.get("type") == "rss"]


def test_starter_feeds_say_where_and_in_which_language() -> None:
    feeds = starter_feeds()
    assert 60 <= len(feeds) <= 120
    for feed in feeds:
        region = feed.get("region", "")
        assert regions.find(region) == region, feed.get("text")
        assert re.fullmatch(r"[a-z]{2}", feed.get("language", ""))
        assert re.match(r"https://[\w.-]+/", feed.get("xmlUrl", ""))
        assert re.match(r"https://[\w.-]+/", feed.get("htmlUrl", ""))
        assert feed.get("text", "").strip()


def test_no_starter_feed_twice() -> None:
    for attribute in ("xmlUrl", "text"):
        twice = Counter(feed.get(attribute) for feed in starter_feeds())
        assert [value for value, times in twice.items() if times > 1] == []


def test_starter_feeds_cover_the_world_and_tajikistan_well() -> None:
    codes = [feed.get("region", "") for feed in starter_feeds()]
    languages = {feed.get("language") for feed in starter_feeds() if feed.get("region") == "TJ"}
    assert codes.count("TJ") >= 10
    assert languages == {"en", "ru", "tg"}
    for continent in ("002", "009", "019", "142", "150", "143"):
        assert sum(code in regions.within(continent) for code in codes) >= 4, continent


@pytest.mark.parametrize(
    ("code", "outer"), [("GB-LND", "GB-ENG"), ("GB-ENG", "GB-ENG"), ("TJ-GB", "TJ-GB"), ("TJ", "TJ")]
)
def test_a_province_is_the_first_level_of_a_subdivision(code: str, outer: str) -> None:
    assert regions.province(code) == outer
