"""The security headers of every answer (docs: trust, section 4)."""

from flask import Flask, Response, current_app, g, request, session

from market.kernel.entropy import system_entropy

YEAR = 365 * 24 * 3600
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
VIEWER = "default-src 'none'; object-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
"""Of a PDF in a frame of our own pages: the browser's own viewer, which a sandbox would shut out."""
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_app(app: Flask) -> None:
    """Set the headers on every response; `csp_nonce()` is a template global."""
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.jinja_env.globals["csp_frames"] = csp_frames
    app.after_request(_set_headers)


def csp_nonce() -> str:
    """The nonce of this answer's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = system_entropy(16).hex()
    return str(g.csp_nonce)


def csp_frames() -> None:
    """Let this answer show frames of our own, as a scan beside the data."""
    g.shows_frames = True


def _set_headers(response: Response) -> Response:
    known = {name.lower() for name, _ in response.headers}
    frames = "; frame-src 'self'" if g.get("shows_frames") else ""
    wanted = {**FIXED, "Content-Security-Policy": POLICY.format(nonce=csp_nonce()) + frames}
    if request.is_secure:
        wanted["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    for name, value in wanted.items():
        if name.lower() not in known:
            response.headers.add(name, value)
    _set_caching(response)
    return response


def _set_caching(response: Response) -> None:
    """Nothing that belongs to a session is kept. Static files come this way only while the product
    is being written (market/web/static.py).
    """
    if request.endpoint == "static":
        return
    if request.cookies.get(current_app.config["SESSION_COOKIE_NAME"]) or session:
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    if "Vary" in response.headers:
        response.vary.add("Cookie")
    else:
        response.headers["Vary"] = "Cookie"
