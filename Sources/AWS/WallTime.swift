/// A moment on the wall clock, in seconds since 1970-01-01T00:00:00Z; leap seconds do not exist here.
public struct WallTime: Sendable, Hashable, Comparable {
    public var unixSeconds: Double

    public init(unixSeconds: Double) {
        self.unixSeconds = unixSeconds
    }

    public static func < (left: WallTime, right: WallTime) -> Bool {
        left.unixSeconds < right.unixSeconds
    }

    public static func + (time: WallTime, span: Duration) -> WallTime {
        WallTime(unixSeconds: time.unixSeconds + span.inSeconds)
    }

    public static func - (time: WallTime, span: Duration) -> WallTime {
        WallTime(unixSeconds: time.unixSeconds - span.inSeconds)
    }

    /// The span from `earlier` to this moment; negative when `earlier` is the later one.
    public func since(_ earlier: WallTime) -> Duration {
        .seconds(unixSeconds - earlier.unixSeconds)
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
