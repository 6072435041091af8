import Failover
import Testing

@testable import Simulation

@Suite struct WorldTests {
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func oneSeedHasOneLog(_ value: UInt64) {
        #expect(Simulation.run(seed: Seed(value)).log == Simulation.run(seed: Seed(value)).log)
    }
}
