import ArgumentParser
import Failover
import Foundation
import Simulation
import Testing

@testable import SimulationCommand

@Suite struct SimulateTests {
    @Test func aChildThatDiedIsFollowedByOneThatGoesOnBehindTheSeed() {
        let whole = Assignment(from: 10, count: 3, stride: 4, mask: "1,2", plant: .acceptsStale)
        let rest = whole.rest
        #expect(rest == Assignment(from: 14, count: 2, stride: 4, mask: "1,2", plant: .acceptsStale))
        #expect(rest?.rest?.from == 18 && rest?.rest?.rest == nil)
        #expect(
            whole.arguments.joined(separator: " ")
                == "simulate --worker --from 10 --seeds 3 --stride 4 --mask 1,2 --plant accepts-stale")
    }

    @Test func whatAChildIsToldIsUnderstood() throws {
        let words = Assignment(from: 10, count: 3, stride: 4, mask: "1,2", without: "h2,w3").arguments
            .dropFirst()
        let command = try Simulate.parse(Array(words))
        #expect(command.worker && command.from == 10 && command.seeds == 3 && command.stride == 4)
        #expect(command.options == SimulationOptions(mask: [1, 2], without: ["h2", "w3"]))
    }

    @Test func aShrunkRunComesWithTheOptionsThatRepeatIt() throws {
        let words = Simulate.leaving([3, 1], ["w2", "h3"])
        #expect(words == " --mask 1,3 --without h3,w2" && Simulate.leaving([], []).isEmpty)
        let command = try Simulate.parse(words.split(separator: " ").map(String.init))
        #expect(command.options == SimulationOptions(mask: [1, 3], without: ["h3", "w2"]))
    }

    @Test(arguments: [
        ["--seeds", "0"], ["--jobs", "0"], ["--mask", "1,,2"], ["--mask", "a"], ["--plant", "no-such"],
        ["--plant", "accepts-stale"], ["--hunt"], ["--known"], ["--shrink", "--seeds", "2"],
        ["--from", "18446744073709551615", "--seeds", "2"],
    ])
    func whatMakesNoSenseIsRefused(words: [String]) {
        #expect(throws: (any Error).self) { try Simulate.parse(words) }
    }

    /// A slip of the pen would look like a finding that is gone.
    @Test(arguments: [("--mask", "4711", "fault 4711"), ("--without", "h1,w99", "w99")])
    func whatTheSeedDoesNotHaveCannotBeLeftOut(option: String, names: String, stranger: String) throws {
        var command = try Simulate.parse(["--from", "1", "--log", option, names])
        do {
            try command.run()
            Issue.record("it ran")
        } catch {
            #expect("\(error)".contains("seed 1 has no \(stranger) to leave out"))
        }
    }

    @Test func theLastSeedThereIsCanBeReplayed() throws {
        let command = try Simulate.parse(["--from", "18446744073709551614", "--log"])
        #expect(command.count == 1)
    }

    @Test func numbersAreReadable() {
        #expect(
            [0, 12, 999, 1000, 100_000, 1_234_567].map(SoakText.grouped) == [
                "0", "12", "999", "1,000", "100,000", "1,234,567",
            ])
    }

    @Test func aFailingSeedComesWithTheCommandsThatShowIt() {
        let text = SoakText.lines(SeedResult(crashed: 4711, detail: "signal 4")).joined(separator: "\n")
        #expect(text.contains("seed 4711 VIOLATES crash"))
        #expect(text.contains("drctl simulate --from 4711 --log"))
        #expect(text.contains("drctl simulate --from 4711 --shrink"))
    }
}
