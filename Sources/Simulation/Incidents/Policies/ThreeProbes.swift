/// Three failed probes in a row: the script beside the database, and the default of most health checks.
struct ThreeProbes: SimplePolicy {
    let name = "three failed probes"
    let citation =
        "a login and SELECT 1 every 10 s, three failures in a row: Kubernetes' probe defaults "
        + "(periodSeconds 10, failureThreshold 3), keepalived's `fall 3`"

    func start(_ incident: Incident, _ member: Cast.Member) -> Int { 0 }

    func step(at second: Int, _ view: SimpleView, _ failures: inout Int) -> SimpleVerdict? {
        // The script runs on the host, and stops with it.
        guard second % 10 == 0, view.conditions(at: second).hostRuns else { return nil }
        failures = view.connects(at: second) ? 0 : failures + 1
        return failures >= 3 ? SimpleVerdict() : nil
    }
}
