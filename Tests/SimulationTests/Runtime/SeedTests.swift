import Testing

@testable import Simulation

@Suite struct SeedTests {
    @Test func theSameSeedAndNameDrawTheSame() {
        var (one, other) = (Seed(7).stream("faults"), Seed(7).stream("faults"))
        #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in other.next() })
    }

    @Test func anotherNameOrSeedDrawsSomethingElse() {
        let streams = [Seed(7).stream("faults"), Seed(7).stream("clients"), Seed(8).stream("faults")]
        let firsts = streams.map { stream in
            var stream = stream
            return stream.next()
        }
        #expect(Set(firsts).count == firsts.count)
    }

    @Test func drawsKeepToTheirBounds() {
        var chance = Seed(1).stream("bounds")
        for _ in 0..<10_000 {
            #expect((0..<1).contains(chance.unit()))
            #expect((3...5).contains(chance.number(3...5)))
            #expect(
                (Duration.seconds(1)...Duration.seconds(2)).contains(
                    chance.duration(.seconds(1)...(.seconds(2)))))
        }
        #expect(Set((0..<1000).map { _ in chance.number(3...5) }) == [3, 4, 5])
    }
}
