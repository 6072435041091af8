import AWS
import Failover

extension PlannedCall {
    /// The call that `operation` would be. `learnt` replaces what is only known once AWS has been looked at,
    /// by name of the parameter.
    init<O: Operation>(_ operation: O, in region: Region, learnt: [String: String] = [:]) {
        self.init(
            service: O.service.id, operation: O.name, region: region,
            parameters: operation.parameters.map {
                Parameter(name: $0.name, value: learnt[$0.name] ?? $0.value)
            },
            mutates: operation.kind.changesSomething)
    }
}
