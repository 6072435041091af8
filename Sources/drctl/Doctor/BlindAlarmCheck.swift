import AWS
import Failover

/// Alarms name an instance in a Region. After a change of roles those on the old writer see a database that
/// nobody uses, and stay quiet, and so does every composite alarm over them; who watches the new one?
struct BlindAlarmCheck {
    var database: Failover.Database
    /// Where the writer should be.
    var active: Side
    var lists: AlarmLists

    private var name: String { "alarms \(database.id)" }
    private var watched: Site { database.site(active) }
    private var other: Site { database.site(active == .primary ? .standby : .primary) }
    /// Of a long list, what fits on a line.
    private static let shown = 5

    func findings(_ context: DoctorContext) async -> [Finding] {
        async let here = view(of: watched, context)
        async let there = view(of: other, context)
        switch (await here, await there) {
        case (.failure(let error), _), (_, .failure(let error)):
            return [.warn(name, "not looked at: \(Finding.fail(name, error).detail)")]
        case (.success(let here), .success(let there)): return findings(onWriter: here, onOther: there)
        }
    }

    private func view(of site: Site, _ context: DoctorContext) async -> Asked<AlarmView> {
        async let audience = lists.alarms(in: site.region)
        switch (await names(of: site, context), await audience) {
        case (.failure(let error), _), (_, .failure(let error)): return .failure(error)
        case (.success(let names), .success(let audience)): return .success(AlarmView(audience, of: names))
        }
    }

    /// Of an Aurora cluster alarms may watch the instances as well.
    private func names(of site: Site, _ context: DoctorContext) async -> Asked<Set<String>> {
        let own: Set = [site.identifier.lowercased()]
        guard database.kind != .rdsReplica else { return .success(own) }
        return await asked { () async throws(AWSError) in
            let filter = Filter(name: "db-cluster-id", values: [site.identifier.lowercased()])
            let instances = try await context.all(DescribeDBInstances(filters: [filter]), in: site.region)
            return own.union(instances.map { $0.dbInstanceIdentifier.lowercased() })
        }
    }

    /// Pure: what the alarms on the two sides amount to.
    func findings(onWriter: AlarmView, onOther: AlarmView) -> [Finding] {
        let seenThere = onOther.metrics
        let blind = onWriter.watching.filter { !$0.value.isSubset(of: seenThere) }
        let unread = notUnderstood(onWriter, watched) + notUnderstood(onOther, other)
        guard !blind.isEmpty else {
            let like =
                "\(onWriter.watching.count) on \(watched.identifier), and \(other.identifier) has their like"
            return unread + (onWriter.watching.isEmpty ? [] : [.ok(name, like)])
        }
        let lost = onWriter.metrics.subtracting(seenThere).sorted().joined(separator: ", ")
        let alone = Finding.warn(
            name,
            "\(Self.list(blind.keys)) \(blind.count == 1 ? "watches" : "watch") \(watched.identifier) in "
                + "\(watched.region) alone: after a failover nobody watches \(lost) of the new writer. Make "
                + "the same for \(other.identifier) in \(other.region)")
        return [alone] + composites(onWriter.tellers, over: Set(blind.keys)) + unread
    }

    /// A composite alarm is as blind as what it rests on.
    private func composites(_ tellers: [String: Set<String>], over blind: Set<String>) -> [Finding] {
        let dimmed = tellers.mapValues { $0.intersection(blind) }.filter { !$0.value.isEmpty }
            .sorted { $0.key < $1.key }
        let findings = dimmed.prefix(Self.shown).map { teller, children in
            Finding.warn(
                name,
                "composite alarm \(teller) rests on \(Self.list(children)) and goes blind with it: make "
                    + "one in \(other.region) over the alarms on \(other.identifier)")
        }
        let more = dimmed.dropFirst(Self.shown).map(\.key)
        return more.isEmpty
            ? findings : findings + [.warn(name, "and so do \(more.count) more: \(Self.list(more))")]
    }

    private func notUnderstood(_ view: AlarmView, _ site: Site) -> [Finding] {
        view.unread.isEmpty
            ? []
            : [
                .warn(
                    name,
                    "the rule of \(Self.list(view.unread)) in \(site.region) is not understood: see for "
                        + "yourself whether it goes blind with the alarms on \(site.identifier)")
            ]
    }

    private static func list(_ names: some Collection<String>) -> String {
        let sorted = names.sorted()
        return sorted.prefix(shown).joined(separator: ", ") + (sorted.count > shown ? ", ..." : "")
    }
}
