import Failover

enum SQLKey: String, SectionKey {
    case database, user, tls, canary
    case passwordFile = "password_file"
    case caBundle = "ca_bundle"

    static let places = ["workloads.*.databases.*.sql"]
}

enum TLSMode: String, CaseIterable {
    case verifyFull = "verify-full"
    case require, disable
}

/// How a database is asked in SQL, as written.
struct SQLDraft {
    /// Nil when something was refused.
    var access: SQLAccess?
    /// Where `tls` stands, for the check against the endpoints; nil when it was refused.
    var tls: Located<TLSMode>?

    static func read(_ field: Field) -> SQLDraft? {
        guard let section = field.section(SQLKey.self) else { return nil }
        let database = section.required(.database, "the PostgreSQL database to connect to, such as postgres")
        let user = section.required(.user, "the PostgreSQL role to connect as, such as drctl_probe")
        let file = section.required(
            .passwordFile, "the absolute path of the file that holds the role's password and nothing else")
        let mode =
            section.field(.tls).map { $0.choice(TLSMode.self) } ?? section.standing(.verifyFull, for: .tls)
        let canary = section.field(.canary).map { $0.flag()?.value } ?? true
        let tls = mode.flatMap { authorities(section, $0.value) }
        let names = (database?.text(Shapes.postgresName), user?.text(Shapes.postgresName))
        let path = file?.text(Shapes.absolutePath)
        guard let database = names.0, let user = names.1, let path, let tls, let canary else {
            return SQLDraft(access: nil, tls: mode)
        }
        return SQLDraft(
            access: SQLAccess(
                database: database.value, user: user.value, passwordFile: path.value, tls: tls, canary: canary
            ),
            tls: mode)
    }

    private static func authorities(_ section: Section<SQLKey>, _ mode: TLSMode) -> SQLAccess.TLS? {
        switch mode {
        case .verifyFull:
            let purpose =
                "the absolute path of a PEM file with RDS's certificate authorities "
                + "(truststore.pki.rds.amazonaws.com), or choose tls: require, which trusts whoever answers"
            return section.required(.caBundle, purpose)?.text(Shapes.absolutePath).map {
                .verifyFull(caBundle: $0.value)
            }
        case .require, .disable:
            section.forbid(.caBundle, because: "has no meaning with tls \(mode.rawValue)")
            return mode == .require ? .require : .disable
        }
    }

    /// A password must not cross a network in the clear, nor an answer come from who knows whom.
    func check(_ sites: [SiteDraft?], _ findings: Findings) {
        if let tls, tls.value == .require {
            findings.warn(
                tls,
                "trusts whoever answers: an impostor gets the password, and a write proves less than it "
                    + "seems; use verify-full")
        }
        guard let tls, tls.value == .disable else { return }
        let hosts = sites.compactMap { $0?.endpoint?.value.host }
        guard let far = hosts.first(where: { !Shapes.isLoopback(host: $0) }) else { return }
        findings.refuse(
            tls, "is disable, which is for servers on this host alone, and \(far) is not; use verify-full")
    }
}
