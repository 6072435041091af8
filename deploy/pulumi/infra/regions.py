"""The two Regions of a system, as components see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from . import naming
from . import tags as tagging
from .settings import Settings

Role = Literal["primary", "standby"]


@dataclass(frozen=True)
class RegionContext:
    """One Region: its provider, and the names and tags of what is in it.

    `account` is the account's number, for ARNs that must be known before what they name exists.

    `role` is what the Region is now (`activeRegion` decides). Nothing is named after it, so that a change of
    roles renames nothing: names hold the Region's code.
    """

    settings: Settings
    code: str
    role: Role
    provider: aws.Provider
    account: pulumi.Output[str]

    def name(self, thing: str) -> str:
        """Names the Region: for what exists in both, and for names that are global. Also the Pulumi name."""
        return naming.name(self.settings, thing, self.code)

    def label(self, thing: str) -> str:
        """Pulumi's name of what has none in AWS: however long."""
        return naming.label(self.settings, thing, self.code)

    def short(self, thing: str) -> str:
        """Without the Region: for names that are the Region's own and allow 32 characters."""
        return naming.name(self.settings, thing)

    def tags(self, **more: str) -> dict[str, str]:
        """The five required tags, and more."""
        return {**tagging.tags(self.settings, self.code, self.role), **more}

    def options(
        self,
        parent: pulumi.Resource,
        *,
        depends_on: Sequence[pulumi.Resource] | None = None,
        ignore_changes: list[str] | None = None,
        protect: bool = False,
        delete_before_replace: bool = False,
    ) -> pulumi.ResourceOptions:
        """What every resource in this Region is registered with: its parent and this Region's provider."""
        return pulumi.ResourceOptions(
            parent=parent,
            provider=self.provider,
            depends_on=depends_on,
            ignore_changes=ignore_changes,
            protect=protect or None,
            delete_before_replace=delete_before_replace or None,
        )

    @property
    def is_active(self) -> bool:
        """Whether the writers are here now."""
        return self.role == "primary"


@dataclass(frozen=True)
class Regions:
    """Both Regions, by place (`home`, `away`: they never change) and by role (`active`, `standby`)."""

    home: RegionContext
    away: RegionContext

    @classmethod
    def of(cls, settings: Settings) -> "Regions":
        """Registers one provider for each Region. Nothing ever uses the default provider."""

        def context(code: str) -> RegionContext:
            provider = aws.Provider(naming.name(settings, "aws", code), region=code)
            role: Role = "primary" if code == settings.active_region else "standby"
            found = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(provider=provider))
            return RegionContext(settings, code, role, provider, found.account_id)

        return cls(home=context(settings.primary_region), away=context(settings.standby_region))

    @property
    def both(self) -> tuple[RegionContext, RegionContext]:
        """Always home first, so that a change of roles changes no order."""
        return self.home, self.away

    @property
    def pairs(self) -> tuple[tuple[RegionContext, RegionContext], ...]:
        """Each Region with the other one."""
        return (self.home, self.away), (self.away, self.home)

    @property
    def active(self) -> RegionContext:
        """Where the writers are now."""
        return self.home if self.home.is_active else self.away

    @property
    def standby(self) -> RegionContext:
        """Where they would go."""
        return self.away if self.home.is_active else self.home
