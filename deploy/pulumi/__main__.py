"""Builds the one system that the stack's config names."""

from infra import naming, outputs
from infra.reader import Reader
from infra.settings import Settings
from infra.systems import system

reader = Reader.of_stack()
settings = Settings.read(reader)
naming.check(settings, reader)
build = system(settings.system)
outputs.publish(build(settings, reader))
