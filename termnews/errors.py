"""The errors termnews raises; each says what failed, on what, and what to do next.

The tree::

    TermnewsError
    ├── ConfigError    termnews.toml or an option cannot be used
    ├── QueryError     a search line asks for something that cannot be looked up
    ├── FetchError     a feed or page could not be brought from its server
    ├── ParseError     bytes arrived but are not a feed we can read
    ├── ExtractError   a page holds no article to be read
    ├── ImageError     bytes arrived but are no picture that can be drawn
    ├── StoreError     the cache cannot be read or written
    │   └── DamageError    its file is damaged
    └── SyncError      a sync server refused or misunderstood us

It must never import anything of termnews: every floor stands on it.
"""


class TermnewsError(Exception):
    """The root: `except TermnewsError` catches all that termnews raises on purpose."""


class ConfigError(TermnewsError):
    """The configuration names something unknown or impossible."""


class QueryError(TermnewsError):
    """A search line names a value that cannot be looked up, for instance an unknown place."""


class FetchError(TermnewsError):
    """An address could not be fetched.

    Attributes:
        http: status of the answer; None when there was none.
        retry_after: seconds the server asks to wait; None when it does not say.
        offline: whether this machine seems to have no network, so that the server is not to blame.
        lost: whether the line may be to blame: nothing was heard of the server, or not all it said.
    """

    def __init__(
        self,
        message: str,
        *,
        http: int | None = None,
        retry_after: int | None = None,
        offline: bool = False,
        lost: bool = False,
    ) -> None:
        super().__init__(message)
        self.http = http
        self.retry_after = retry_after
        self.offline = offline
        self.lost = offline or lost


class ParseError(TermnewsError):
    """What was fetched is not a feed, or reading it passed a limit."""


class ExtractError(TermnewsError):
    """A page holds no article that can be read: a paywall, a consent page, too little text.

    Attributes:
        code: which of the reasons it is, for a face that says it in its own language; may be empty.
        about: the host or media type the reason is about; may be empty.
    """

    def __init__(self, message: str, *, code: str = "", about: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.about = about


class ImageError(TermnewsError):
    """What was fetched is no picture that can be drawn."""


class StoreError(TermnewsError):
    """The cache could not be read or written."""


class DamageError(StoreError):
    """The file of the cache is damaged: it is kept aside, and what can be read is brought into a new one.

    Attributes:
        path: the damaged cache; empty where it is not known.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class SyncError(TermnewsError):
    """The exchange of state with a sync server failed."""
