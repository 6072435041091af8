"""PostgreSQL in one Region, its replica in another."""

from ..components.keys import Key
from ..outputs import Outputs
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings


def build(settings: Settings, reader: Reader) -> Outputs:
    reader.finish()
    regions = Regions.of(settings)
    keys = [Key(r, "data", ("sns", "cloudwatch", "logs")) for r in regions.both]
    return {"keyArn": keys[0].arn}
