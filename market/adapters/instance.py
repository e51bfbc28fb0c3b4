"""The instance folder: settings, the session secret, keys and uploads. Made at first start, never
in git.
"""

import hashlib
import hmac
import pathlib
import tomllib

from market.kernel.entropy import system_entropy
from market.kernel.plain import Json

SETTINGS = """\
# Settings of this installation. Everything here may also be given in the environment as MARKET_<NAME>.
DIVISION = "360481"                 # 行政区划代码
SITE_NAME = "中介服务超市"
SITE_JURISDICTION = "瑞昌市"
ORIGIN = "zjcs.example.org/log"     # the log's origin line: set it once, before the first entry
# DATABASE_URL = "postgresql+psycopg://market@localhost/market"
# TRUSTED_HOSTS = ["zjcs.example.gov.cn"]
# PROXIES = 1                       # how many proxies of ours stand in front
# PUBLIC_URL = "https://zjcs.example.gov.cn"
# SMTP_URL = "smtp://user:password@mail.example.gov.cn:587"
# MAIL_FROM = "noreply@zjcs.example.gov.cn"
# WITNESS_URL = "http://127.0.0.1:8011"
# WITNESS_URLS = ["http://127.0.0.1:8011", "http://127.0.0.1:8012"]   # several: the regulator's first, then those who cosign
# SITE_KEYS = ""                    # where the regulator publishes keys.json, from which visitors take it
# SITE_HOST = ""                    # 主办单位; SITE_OPERATOR 承办单位, SITE_PHONE, SITE_CODE 网站标识码, SITE_ICP, SITE_POLICE
"""


def write_private(path: pathlib.Path, data: bytes) -> None:
    """Write a file that only its owner may read (mode 0600); refuses to overwrite."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)


def secret_key(folder: pathlib.Path) -> bytes:
    """The session secret of this installation, made at the first call."""
    path = folder / "secret.key"
    if not path.exists():
        write_private(path, system_entropy(32).hex().encode())
    return path.read_bytes()


def settings(folder: pathlib.Path) -> Json:
    """The settings file as a mapping, written with its defaults at the first call."""
    path = folder / "market.toml"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(SETTINGS, encoding="utf-8")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def identity_digest(folder: pathlib.Path, number: str) -> str:
    """HMAC-SHA-256 (hex) of an identity number under this installation's key, made at the first
    call.

    Equal numbers have equal digests; without the key nobody finds the number by trying all.
    """
    path = folder / "identity.key"
    if not path.exists():
        write_private(path, system_entropy(32))
    return hmac.new(path.read_bytes(), number.encode(), hashlib.sha256).hexdigest()
