"""What a stack's config says of a service in containers."""

from dataclasses import dataclass

import pulumi

from ..reader import Reader
from ..regions import RegionContext

# Fargate knows these pairs, among larger ones: CPU units, and MiB of memory.
MEMORY = {256: (512, 1024, 2048), 512: range(1024, 4097, 1024), 1024: range(2048, 8193, 1024)}
MEMORY |= {2048: range(4096, 16385, 1024), 4096: range(8192, 30721, 1024)}


@dataclass(frozen=True)
class ContainerSettings:
    """`image` is `repository:tag` in ECR of the stack's account, in each Region its own: ECR replicates it.
    An image that must be fetched from the lost Region would be the end of the standby.

    `leading` tasks run where the system is active, `waiting` ones where it is not, and at most `most`."""

    image: str
    architecture: str
    cpu: int
    memory: int
    leading: int
    waiting: int
    most: int

    @classmethod
    def read(cls, reader: Reader, thing: str, fewest_waiting: int = 0) -> "ContainerSettings":
        """The keys that begin with `thing`. `fewest_waiting`: 1 for what must answer health checks."""
        image = reader.text(
            f"{thing}Image",
            r"[a-z0-9][a-z0-9._/-]{1,255}(:[\w][\w.-]{0,127}|@sha256:[0-9a-f]{64})",
            "repository:tag in ECR, without the registry, such as orders/processor:1.4.2",
        )
        settings = cls(
            image=image,
            architecture=reader.choice(f"{thing}Architecture", ["X86_64", "ARM64"], "X86_64"),
            cpu=int(reader.choice(f"{thing}Cpu", [str(c) for c in MEMORY], "512")),
            memory=reader.number(f"{thing}Memory", 512, 30720, 1024),
            leading=reader.number(f"{thing}Tasks", 1, 1000, 3),
            waiting=reader.number(f"{thing}StandbyTasks", fewest_waiting, 1000, 1),
            most=reader.number(f"{thing}MostTasks", 1, 1000, 12),
        )
        if settings.memory not in MEMORY[settings.cpu]:
            fitting = MEMORY[settings.cpu]
            reader.refuse(
                f"{thing}Memory",
                f"is {settings.memory}: with {settings.cpu} CPU units Fargate has "
                f"{min(fitting)} to {max(fitting)} MiB, in steps of 1024 above 1024",
            )
        if not settings.waiting <= settings.leading <= settings.most:
            reader.refuse(
                f"{thing}Tasks", f"is {settings.leading}: use {thing}StandbyTasks to {thing}MostTasks"
            )
        return settings

    @property
    def repository(self) -> str:
        """Without tag or digest."""
        return self.image.split("@")[0].split(":")[0]

    def uri(self, region: RegionContext) -> pulumi.Output[str]:
        """Where that Region's tasks fetch it."""
        return pulumi.Output.format(
            "{0}.dkr.ecr.{1}.amazonaws.com/{2}", region.account, region.code, self.image
        )
