import Failover

struct NoWayBack: Invariant {
    static let id = "INV9"
    static let rule =
        "Nothing goes back by itself, nothing is destroyed, and what is or becomes the writer is "
        + "never closed"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard case .mutation(_, let mutation) = happening.kind else { return [] }
        // Everything that the controller has ever to send. A delete or a restore is not among it.
        guard mutation.promotes || mutation.movesTraffic || mutation.tells || mutation.closes else {
            return ["\(mutation.text): not a call for a controller"]
        }
        let site = SiteName(region: mutation.region, identifier: mutation.target)
        guard let owner = premises.owner(of: site) else { return [] }
        let isStandby = SiteName(owner.database.standby) == site
        if mutation.promotes, !isStandby { return ["\(mutation.text): that way is back"] }
        if mutation.closes, isStandby { return ["\(mutation.text): that is the writer to be"] }
        return []
    }
}
