import AWS
import Failover

/// Would people hear of it?
struct TopicChecks {
    let context: DoctorContext
    let workload: Workload
    let regions: RegionChecks

    var examinations: [Examination] {
        let subject = workload.id.rawValue
        return workload.topics.map { topic in
            Examination(subject, "topic \(topic.region)") { await findings(topic) }
        } + [Examination(subject, "topics") { whole }]
    }

    private func findings(_ topic: Topic) async -> [Finding] {
        async let account = regions.account
        let attributes = await asked { () async throws(AWSError) in
            try await context.ask(GetTopicAttributes(topicArn: topic.arn), in: topic.region).attributes
        }
        switch attributes {
        case .failure(let error) where error.kind == .notFound:
            return [
                .fail("topic \(topic.region)", "there is no topic \(topic.arn): correct the ARN, or make it")
            ]
        case .failure(let error): return [.fail("topic \(topic.region)", error)]
        case .success(let found):
            return TopicCheck(topic: topic, attributes: found, account: await account).findings
        }
    }

    /// One topic must be outside what fails.
    private var whole: [Finding] {
        guard !workload.topics.isEmpty else {
            return [.warn("topics", "none: nobody is told of anything. Add one in \(workload.standbyRegion)")]
        }
        guard workload.topics.contains(where: { $0.region != workload.primaryRegion }) else {
            return [
                .warn(
                    "topics",
                    "all are in \(workload.primaryRegion), the primary Region, and silent with it. Add one "
                        + "in \(workload.standbyRegion)")
            ]
        }
        return []
    }
}
