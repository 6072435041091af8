import Failover

/// One trip to one endpoint for all the databases that it can tell something about.
struct Errand {
    var region: Region
    /// `Service.id`, or `probe`.
    var service: String
    var operation: String
    var source: String
    var vantage: String
    var questions: [Question]

    struct Question {
        var workload: WorkloadID
        var database: Database
        var slot: Slot
    }

    /// As the observers group them: one call a Region and service, one connection an endpoint.
    static func all(about workloads: [Workload]) -> [Errand] {
        var errands: [Errand] = []
        for workload in workloads {
            for database in workload.databases {
                func ask(_ slot: Slot, _ region: Region, _ service: String, _ operation: String) {
                    let question = Question(workload: workload.id, database: database, slot: slot)
                    let place = errands.firstIndex {
                        $0.region == region && $0.service == service && $0.operation == operation
                    }
                    if let place, service != "probe" {
                        errands[place].questions.append(question)
                    } else {
                        errands.append(Errand(region, service, operation, question))
                    }
                }
                let describe = database.kind == .rdsReplica ? "DescribeDBInstances" : "DescribeDBClusters"
                ask(.primaryDatabase, database.primary.region, "rds", describe)
                ask(.standbyDatabase, database.standby.region, "rds", describe)
                ask(.replication, database.standby.region, "cloudwatch", "GetMetricData")
                if database.healthCheckID != nil {
                    ask(.routeHealth, .global, "cloudwatch", "GetMetricData for Route 53")
                }
                ask(.primaryProbe, database.primary.region, "probe", "connect")
                ask(.standbyProbe, database.standby.region, "probe", "connect")
            }
        }
        return errands
    }

    private init(_ region: Region, _ service: String, _ operation: String, _ question: Question) {
        self.region = region
        self.service = service
        self.operation = operation
        switch question.slot {
        case .primaryProbe, .standbyProbe: (source, vantage) = ("TCP probe", "this host")
        case .routeHealth: (source, vantage) = ("CloudWatch \(region)", "Route 53 checkers")
        case .replication: (source, vantage) = ("CloudWatch \(region)", region.rawValue)
        case .primaryDatabase, .standbyDatabase: (source, vantage) = ("RDS API \(region)", region.rawValue)
        }
        questions = [question]
    }

    func unknown(_ reason: UnknownReason, _ detail: String) -> [Observation] {
        questions.map { observation($0, Self.unknown($0.slot, reason, detail)) }
    }

    private static func unknown(_ slot: Slot, _ reason: UnknownReason, _ detail: String) -> Fact {
        switch slot {
        case .routeHealth: .routeHealth(reading: .unknown(reason: reason, detail: detail))
        case .primaryDatabase: .database(side: .primary, reading: .unknown(reason: reason, detail: detail))
        case .standbyDatabase: .database(side: .standby, reading: .unknown(reason: reason, detail: detail))
        case .replication: .replication(reading: .unknown(reason: reason, detail: detail))
        case .primaryProbe: .probe(side: .primary, reading: .unknown(reason: reason, detail: detail))
        case .standbyProbe: .probe(side: .standby, reading: .unknown(reason: reason, detail: detail))
        }
    }

    /// What the observers make of no answer.
    func silence(_ detail: String) -> [Observation] {
        guard service == "probe" else { return unknown(.silent, detail) }
        return questions.map { question in
            let reading = Reading.known(value: ProbeAnswer(answered: false, detail: detail))
            return observation(
                question,
                .probe(side: question.slot == .primaryProbe ? .primary : .standby, reading: reading))
        }
    }

    /// Its time is set when it reaches the host.
    func observation(_ question: Question, _ fact: Fact) -> Observation {
        Observation(
            workload: question.workload, database: question.database.id, source: source, vantage: vantage,
            at: .distantFuture, fact: fact)
    }
}
