import Failover
import Testing

@testable import Simulation

@Suite struct FaultyFabricTests {
    private let layout = Layout.drawn(from: Seed(1))

    private func fault(_ index: Int, _ kind: Fault.Kind, _ place: Fault.Place, rate: Double = 1) -> Fault {
        Fault(
            index: index, kind: kind, place: place, from: World.start, until: .distantFuture, rate: rate)
    }

    private func message(_ service: String = "rds", to region: Region = "eu-west-1") -> Message {
        Message(from: "h1", to: region, service: service, operation: "DescribeDBInstances", mutates: false)
    }

    private func passages(_ fabric: FaultyFabric, _ count: Int, _ message: Message) -> [Passage] {
        (0..<count).map { _ in fabric.passage(of: message, at: World.start) }
    }

    @Test func aCutConcernsItsEdgeOnly() {
        let fabric = FaultyFabric(layout, seed: Seed(1))
        fabric.begin(fault(0, .cutThere, .init(host: "h1", region: "eu-west-1", service: "rds")))
        #expect(fabric.passage(of: message(), at: World.start).there == nil)
        #expect(fabric.passage(of: message("sns"), at: World.start).there != nil)
        #expect(fabric.passage(of: message(to: "eu-central-1"), at: World.start).there != nil)
    }

    @Test func aCutEndsWithItsFault() {
        let (fabric, cut) = (FaultyFabric(layout, seed: Seed(1)), fault(0, .cutBack, .init(host: "h1")))
        fabric.begin(cut)
        #expect(fabric.passage(of: message(), at: World.start).back == nil)
        fabric.end(cut)
        #expect(fabric.passage(of: message(), at: World.start).back != nil)
    }

    @Test func aRateIsAShareOfTheMessages() {
        let fabric = FaultyFabric(layout, seed: Seed(1))
        fabric.begin(fault(0, .throttled, .init(), rate: 0.2))
        let throttled = passages(fabric, 1000, message()).count { $0.treatment == .throttled }
        #expect((150...250).contains(throttled))
    }

    @Test func leavingOneFaultOutChangesNothingForAnother() {
        let (both, alone) = (FaultyFabric(layout, seed: Seed(1)), FaultyFabric(layout, seed: Seed(1)))
        both.begin(fault(3, .slow, .init(), rate: 0.5))
        for fabric in [both, alone] { fabric.begin(fault(4, .cutThere, .init(), rate: 0.5)) }
        let cuts = [both, alone].map { fabric in
            passages(fabric, 200, message()).map { $0.there == nil }
        }
        #expect(cuts[0] == cuts[1])
        #expect(cuts[0].contains(true) && cuts[0].contains(false))
    }
}
