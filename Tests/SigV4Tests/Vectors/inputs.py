"""Paths, queries, headers and hosts that have tripped signers before."""

FORM = "application/x-www-form-urlencoded; charset=utf-8"

# fmt: off
PATHS = [
    "", "/", "//", "///", "/.", "/..", "/./", "/../", "/a", "/a/", "/a//b", "//a///b//", "/a/./b", "/a/../b",
    "/a/b/..", "/a/b/../", "/a/..", "/a/../", "/a/.", "/../../a", "/a/b/../../../c", "/...", "/a/.../b",
    "/.a", "/a..", "/%2e%2e/a", "/a%2Fb", "/a%2fb", "/c d", "/c%20d", "/c+d", "/c%2Bd", "/%C3%A9", "/%c3%a9",
    "/é", "/日本", "/a%", "/%zz", "/100%25", "/~user", "/-_.~", "/!$&'()*,;=:@", "/%21%24", "/a:b",
    "/arn%3Aaws%3Ards%3A%3Acluster", "/2013-04-01/hostedzone/Z123/rrset", "/2013-04-01/change/C123", "/a\\b",
    "/\"<>^`{|}", "/%F0%9F%94%A5",
]
# fmt: on

# fmt: off
QUERIES = [
    "a", "a=", "=", "=v", "a&b", "b&a", "b=1&a=2", "a=2&a=1", "a=1&a=1", "a&a=", "a-b=1&a=2", "a=2&a-b=1",
    "a.=1&a=1", "A=1&a=1&B=1", "&", "a=1&", "&a=1", "a=1&&b=2", "a=%20", "a=%2B", "a=%2B%20%2B", "a=%25",
    "a=%2525", "%C3%A9=1&e=1", "a=%F0%9F%94%A5", "a%2Fb=%2F", "~=-_.~", "a1=1&a10=1&a2=1", "a%20b=1&a=1",
    "name=%2A.db.example.com.&type=CNAME&identifier=a%20b", "Action=ListUsers&Version=2010-05-08", "z=&y=&x=",
    "a=%3D&a=%26", "%3D=1&%26=2", "X-Amz-Date=stale", "maxitems=100&marker=", "q=%22%27%60",
]
# fmt: on

# fmt: off
HEADERS = [
    [("X-Custom", "  a   b  c ")], [("X-Custom", "\ta\t \tb\t")], [("X-Custom", "")], [("X-Custom", "   ")],
    [("X-Custom", "\"a   b\"")], [("X-CUSTOM", "Mixed Case")], [("x-b", "2"), ("X-A", "1")],
    [("X-Custom", "b"), ("X-Custom", "a")], [("X-Custom", "b"), ("x-custom", " a  c "), ("X-CUSTOM", "")],
    [("X-A", "1"), ("X-A-B", "2"), ("X-A_B", "3"), ("X-A.B", "4"), ("X-A1", "5")], [("X-Custom", "é ü 日本")],
    [("X-Custom", "a,b;c=d:e")], [("Host", "example.com")], [("host", "Example.COM:8443")],
    [("User-Agent", "drctl/1"), ("X-Amzn-Trace-Id", "Root=1")],
    [("Connection", "close"), ("Expect", "100-continue"), ("Keep-Alive", "5"), ("TE", "trailers"),
     ("Trailer", "x")],
    [("Proxy-Authorization", "Basic x"), ("Proxy-Authenticate", "Basic"),
     ("Transfer-Encoding", "chunked"), ("Upgrade", "h2c")],
    [("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("Content-Length", "0")],
    [("Authorization", "old")], [("X-Amz-Date", "20200101T000000Z")], [("X-Amz-Security-Token", "stale")],
    [("x-amz-security-token", "stale"), ("Authorization", "old"), ("x-amz-date", "old")],
    [("Range", "bytes=0-9")], [("X-Amz-Target", "Svc.Op"), ("Content-Type", "application/x-amz-json-1.1")],
    [("amz-sdk-invocation-id", "7d0c5b3e"), ("amz-sdk-request", "attempt=1; max=3")],
    [("!#$%&'*+-.^_`|~", "token")],
    [("My-Header1", "value1\n  value2\n     value3")], [("X-Folded", "a\r\n\tb \r\n c")],
    [("X-Folded", "a\r\n b"), ("x-folded", " \n c")],
]
# fmt: on

# fmt: off
HOSTS = [
    "https://h.example", "https://h.example:443", "https://h.example:80", "https://h.example:8443",
    "https://h.example:", "https://h.example:0443", "https://h.example:08443", "https://h.example:65535",
    "http://h.example", "http://h.example:80", "http://h.example:443", "http://localhost:8000",
    "http://127.0.0.1:5000", "http://[::1]", "http://[::1]:8000", "https://[2001:DB8::A]:443",
    "https://[2001:DB8::A]", "https://[::FFFF:10.0.0.1]:1", "https://RDS.EU-West-1.AmazonAWS.com",
    "https://under_score.example", "HTTPS://h.example:443", "HTTP://h.example:80",
]
# fmt: on
