"""Errors that the lab answers in the envelope of the protocol that was asked."""


class AWSError(Exception):
    """One AWS error reply. `code` is what clients branch on, `status` the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        # Route 53 sometimes answers a bad change batch without the usual envelope.
        self.bare = False


class ConnectionCut(ConnectionResetError):
    """The connection ends here without a reply. The server answers it by closing the socket."""
