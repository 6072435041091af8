import AWS
import Failover

/// Each Region's alarms, asked for once however many databases are there.
actor AlarmLists {
    private let context: DoctorContext
    private var asking: [Region: Task<Asked<AlarmAudience>, Never>] = [:]

    /// Of a hundred alarms: more than an account has of both types without asking AWS for it.
    private static let maxPages = 60

    init(context: DoctorContext) {
        self.context = context
    }

    func alarms(in region: Region) async -> Asked<AlarmAudience> {
        let task =
            asking[region]
            ?? Task { [context] in
                await asked { () async throws(AWSError) in
                    let list = DescribeAlarms(maxRecords: 100)
                    return AlarmAudience(
                        try await context.all(list, in: region, maxPages: Self.maxPages))
                }
            }
        asking[region] = task
        return await task.value
    }
}
