import Failover

/// What AWS answers instead of doing it.
struct Refusal: Error, Equatable {
    var code: String
    var message: String
    /// The HTTP status.
    var status: Int

    init(_ code: String, _ message: String, status: Int = 400) {
        self.code = code
        self.message = message
        self.status = status
    }

    static func noInstance(_ identifier: String) -> Refusal {
        Refusal("DBInstanceNotFound", "DBInstance \(identifier) not found.", status: 404)
    }

    static func noCluster(_ identifier: String) -> Refusal {
        Refusal("DBClusterNotFoundFault", "DBCluster \(identifier) not found.", status: 404)
    }

    static func noGlobalCluster(_ identifier: String) -> Refusal {
        Refusal("GlobalClusterNotFoundFault", "Global cluster \(identifier) not found.", status: 404)
    }

    static func instanceState(_ node: Node) -> Refusal {
        Refusal(
            "InvalidDBInstanceState",
            "Instance \(node.instance) is currently \(node.state.instanceStatus).")
    }

    static func missing(_ parameter: String) -> Refusal {
        Refusal("MissingParameter", "The request must contain the parameter \(parameter).")
    }
}
