#if canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The rate that may be sent at, after a cubic curve: cut to 70 % at each throttling, then quickly back to
/// near where that happened, slowly past it. Adaptive mode of botocore 1.43.127, `retries/throttling.py`.
struct CubicRate: Sendable {
    private static let scale = 0.4
    private static let beta = 0.7

    private var ceiling = 0.0
    private var plateau = 0.0
    private var lastThrottling: Double

    init(now: Double) {
        lastThrottling = now
    }

    func afterSuccess(now: Double) -> Double {
        Self.scale * pow(now - lastThrottling - plateau, 3) + ceiling
    }

    mutating func afterThrottling(rate: Double, now: Double) -> Double {
        ceiling = rate
        plateau = cbrt(ceiling * (1 - Self.beta) / Self.scale)
        lastThrottling = now
        return rate * Self.beta
    }
}

/// Requests a second, as measured: in half-second buckets, smoothed.
struct MeasuredRate: Sendable {
    private static let smoothing = 0.8
    private(set) var perSecond = 0.0
    private var lastBucket: Double
    private var count = 0.0

    init(now: Double) {
        lastBucket = now.rounded(.down)
    }

    mutating func record(now: Double) -> Double {
        let bucket = (now * 2).rounded(.down) / 2
        count += 1
        if bucket > lastBucket {
            perSecond = count / (bucket - lastBucket) * Self.smoothing + perSecond * (1 - Self.smoothing)
            count = 0
            lastBucket = bucket
        }
        return perSecond
    }
}
