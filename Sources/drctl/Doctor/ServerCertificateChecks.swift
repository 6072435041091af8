import Failover
import Settings

/// Certificates that servers show: those of the listeners here, and those of the databases that are asked in
/// SQL. The day on which one ends is known long before.
struct ServerCertificateChecks {
    let context: DoctorContext
    /// Whether a service runs here: it shows what it has from systemd.
    let isServing: Bool

    /// What renews by itself has done so by then; who does it by hand has the time to.
    static let notice = Duration.seconds(14 * 86_400)

    /// A listener of the configuration that has a certificate.
    private struct Listener {
        var section: String
        var listen: Endpoint
        var certificate: String
        var key: String
    }

    func listeners() async -> [Finding] {
        var findings: [Finding] = []
        for listener in configured { findings.append(await finding(of: listener)) }
        return findings
    }

    private var configured: [Listener] {
        let (api, webhook) = (context.configuration.api, context.configuration.webhook)
        let places = [
            ("api", api?.listen, api?.certificateFile, api?.keyFile),
            ("webhook", webhook?.listen, webhook?.certificateFile, webhook?.keyFile),
        ]
        return places.compactMap { section, listen, certificate, key in
            guard let listen, let certificate, let key else { return nil }
            return Listener(section: section, listen: listen, certificate: certificate, key: key)
        }
    }

    private func finding(of listener: Listener) async -> Finding {
        let (name, what) = ("certificates", "\(listener.section).certificate_file")
        guard let path = SecretPlace.path(of: listener.certificate) else {
            return await finding(ofCredential: listener, name, what)
        }
        do {
            _ = try IdentityFiles(
                section: listener.section, certificate: listener.certificate, key: listener.key)
        } catch {
            return .fail(name, (error as? Failure)?.message ?? "\(error)")
        }
        // The first one is the server's own; the others lead to its root.
        guard let end = CertificateFile(path: path).ends()?.first else {
            return .fail(name, "\(what): \(path) holds no certificate in PEM")
        }
        return Self.finding(name, "\(what): \(path)", end, context.clock.now())
    }

    /// Systemd gives it to the service alone, which shows it.
    private func finding(ofCredential listener: Listener, _ name: String, _ what: String) async -> Finding {
        guard isServing else {
            return .warn(
                name, "\(what): \(listener.certificate) is a systemd credential: look again when drctl runs")
        }
        let everywhere = ["0.0.0.0": "127.0.0.1", "::": "::1"]
        let address = everywhere[listener.listen.host] ?? listener.listen.host
        let end = await PeerCertificate(
            address: address, port: listener.listen.port, name: address, greeting: .tls
        ).end()
        guard let end else {
            return .fail(name, "\(what): \(listener.listen) shows no certificate: see drctl's log")
        }
        return Self.finding(name, "\(what): \(listener.certificate)", end, context.clock.now())
    }

    /// Nil when the server shows none: that it does not answer is another check's to tell.
    func finding(of side: Side, _ database: Database) async -> Finding? {
        let endpoint = database.site(side).endpoint
        guard let addresses = try? await context.assembly.resolver.addresses(of: endpoint.host),
            let address = addresses.first
        else { return nil }
        let peer = PeerCertificate(
            address: address, port: endpoint.port, name: endpoint.host, greeting: .postgres)
        guard let end = await peer.end() else { return nil }
        return Self.finding(
            "certificate \(side.rawValue) \(database.id)", "the certificate of \(endpoint)", end,
            context.clock.now())
    }

    static func finding(_ name: String, _ what: String, _ end: Timestamp, _ now: Timestamp) -> Finding {
        guard end > now else {
            return .fail(name, "\(what) ended at \(end): whoever checks it turns away. Renew it")
        }
        guard end - now >= notice else {
            return .warn(name, "\(what) ends at \(end), and nothing has renewed it: renew it")
        }
        return .ok(name, "\(what) ends at \(end)")
    }
}
