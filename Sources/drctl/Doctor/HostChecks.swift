import AWS
import Failover
import Foundation
import Journal
import Observers

/// What this host brings: configuration, credentials, journal, service, name resolution.
struct HostChecks {
    let context: DoctorContext
    let standings: Standings

    var examinations: [Examination] {
        [
            Examination("host", "configuration") { configuration },
            Examination("host", "credentials") { await credentials() },
            Examination("host", "journal") {
                context.configuration.controller.lease == nil ? [journal.finding] : []
            },
            Examination("host", "lease") { await lease() },
            Examination("host", "service") { service },
            Examination("host", "resolvers") { await resolvers() },
            Examination("host", "certificates") {
                CertificateChecks(configuration: context.configuration, now: context.clock.now()).findings
            },
            Examination("host", "certificates") {
                await ServerCertificateChecks(context: context, isServing: standings.service != nil)
                    .listeners()
            },
            Examination("host", "notifiers") {
                NotifierChecks(context: context, standings: standings).findings
            },
        ]
    }

    private var configuration: [Finding] {
        let configuration = context.configuration
        return configuration.warnings.map { .warn("configuration", "\($0)") }
            + [
                .ok(
                    "configuration",
                    "digest \(configuration.digest), \(configuration.workloads.count) workloads")
            ]
    }

    private func credentials() async -> [Finding] {
        do {
            return [CredentialsCheck(origin: try await context.assembly.aws.credentialsOrigin()).finding]
        } catch {
            return [
                .fail(
                    CredentialsCheck.name,
                    "\(error). Give them through the environment, a profile, a web identity, the container "
                        + "or the instance's role")
            ]
        }
    }

    private var journal: JournalCheck {
        let path = context.configuration.controller.journal
        let folder = (path as NSString).deletingLastPathComponent
        let files = FileManager.default
        var isFolder: ObjCBool = false
        return JournalCheck(
            path: path, folder: folder,
            folderExists: files.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue,
            exists: files.fileExists(atPath: path),
            isWritable: files.isWritableFile(atPath: folder)
                && (!files.fileExists(atPath: path) || files.isWritableFile(atPath: path)),
            fault: standings.journalFault, records: standings.records, holder: standings.holder,
            serviceAnswers: standings.service != nil)
    }

    private func lease() async -> [Finding] {
        guard let lease = context.configuration.controller.lease else { return [] }
        do throws(AWSError) {
            let table = try await context.ask(DescribeTable(tableName: lease.table), in: lease.region)
            let fault = standings.journalFault.map { [Finding.fail("journal", $0)] } ?? []
            return LeaseCheck(lease: lease, table: table).findings + fault
        } catch {
            return [.fail("lease", error)]
        }
    }

    private var service: [Finding] {
        let socket = context.socketPath
        guard let status = standings.service else {
            return [
                .warn(
                    "service",
                    "no answer on \(socket): nothing is watched and nothing fails over by itself. Start it: "
                        + "systemctl start drctl, or drctl serve")
            ]
        }
        return ServiceCheck(status: status, digest: context.configuration.digest, version: Drctl.version)
            .findings
            .orOK("service", "answers on \(socket), in \(status.region), since \(status.startedAt)")
    }

    /// The name of some endpoint: what is asked does not matter, an answer does.
    private func resolvers() async -> [Finding] {
        let servers = context.configuration.controller.resolvers
        guard let host = context.configuration.workloads.first?.databases.first?.standby.endpoint.host else {
            return []
        }
        guard !servers.isEmpty else {
            return [
                ResolverChecks.finding(
                    "the system's", await context.assembly.resolver.answers(for: host).failure)
            ]
        }
        return await withTaskGroup(of: (Int, Finding).self) { group in
            for (index, text) in servers.enumerated() {
                group.addTask {
                    guard let server = Resolver.Server(text) else {
                        return (index, .warn("resolvers", "\(text) is not asked: only IPv4 addresses are"))
                    }
                    let answer = await Resolver(servers: [server]).answers(for: host)
                    return (index, ResolverChecks.finding(text, answer.failure))
                }
            }
            var findings: [(Int, Finding)] = []
            for await finding in group { findings.append(finding) }
            return ResolverChecks.whole(findings.sorted { $0.0 < $1.0 }.map(\.1))
        }
    }
}
