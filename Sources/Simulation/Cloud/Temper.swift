import Failover

/// How the simulated AWS behaves when nothing is wrong with it, and how often it is in a bad mood. The spans
/// are those of the AWS documentation and of experience; see each one.
struct Temper: Sendable {
    /// RDS: 3 to 15 min are common, small instances are faster.
    var promotion: ClosedRange<Duration> = .seconds(60)...(.seconds(600))
    /// Aurora: about a minute.
    var detach: ClosedRange<Duration> = .seconds(20)...(.seconds(120))
    /// Aurora: a few minutes.
    var globalFailover: ClosedRange<Duration> = .seconds(60)...(.seconds(300))
    var restart: ClosedRange<Duration> = .seconds(15)...(.seconds(120))
    /// Of changed security groups.
    var groupChange: ClosedRange<Duration> = .seconds(3)...(.seconds(30))
    /// Route 53: usually within 60 s.
    var propagation: ClosedRange<Duration> = .seconds(5)...(.seconds(60))
    /// From a sample on the lever's metric to another answer of Route 53.
    var lever: ClosedRange<Duration> = .seconds(10)...(.seconds(120))
    /// After the end of the minute that a sample is for.
    var publication: ClosedRange<Duration> = .zero...(.seconds(120))
    /// What is on its way to the replica.
    var shipping: ClosedRange<Duration> = .milliseconds(50)...(.seconds(3))

    /// Each of them the chance, 0...1, that a promotion of an RDS replica goes that way.
    var givenUpPromotions = 0.0
    var brokenPromotions = 0.0
    /// The chance that Aurora's block of the old writer works, where its Region can be reached at all.
    var writeBlocks = 0.7
}

extension Temper {
    /// Most runs have an AWS in a good mood, at its own pace; in some its promotions come to nothing.
    static func drawn(from seed: Seed) -> Temper {
        var chance = seed.stream("temper")
        var temper = Temper()
        let pace = chance.one(of: [1, 1, 1, 2, 4])
        temper.promotion = .seconds(60 / pace)...(.seconds(600 / pace))
        temper.detach = .seconds(20 / pace)...(.seconds(120 / pace))
        temper.globalFailover = .seconds(60 / pace)...(.seconds(300 / pace))
        temper.writeBlocks = chance.one(of: [0, 0.5, 1])
        if chance.happens(0.05) { temper.givenUpPromotions = 0.4 }
        if chance.happens(0.03) { temper.brokenPromotions = 0.3 }
        return temper
    }
}
