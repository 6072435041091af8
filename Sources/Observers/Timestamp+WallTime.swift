import AWS
import Failover

extension Timestamp {
    /// AWS's own time of a sample or a check, taken for an instant on the steady clock: both count from 1970,
    /// and the steady clock was set by the wall clock.
    init(_ time: WallTime) {
        self.init(milliseconds: Int64((time.unixSeconds * 1000).rounded()))
    }
}

extension WallTime {
    init(_ timestamp: Timestamp) {
        self.init(unixSeconds: Double(timestamp.milliseconds) / 1000)
    }
}
