import Failover
import Foundation
import Testing

@testable import Observers

@Suite struct `The probe in SQL` {
    @Test func `A writer commits the write that it is asked for, and says where`() async throws {
        let orders = try ProbedServer()
        let answer = try await orders.ask()
        #expect(answer.outcome == .wrote)
        #expect(answer.position?.contains("/") == true)
        #expect(answer.detail.hasPrefix("committed a write at \(answer.position ?? "?") in "))
        #expect(try orders.console.run("select workload from drctl.heartbeat") == "shop")
        #expect(try await orders.ask().outcome == .wrote, "the row is there already")
        #expect(try orders.console.run("select count(*) from drctl.heartbeat") == "1")
        let look = try await orders.ask(.readWriter, orders.access(canary: false))
        #expect(look.outcome == .looked)
        for task in [SQLOrder.Task.write("shop"), .readWriter, .readReplica("shop"), .readReplica(nil)] {
            let blind = try await orders.ask(task, tellsPosition: false)
            #expect([.wrote, .looked].contains(blind.outcome), "\(blind.detail)")
            #expect(blind.position == nil)
        }
    }

    @Test func `A write whose commit fails is no write, though its row came back`() async throws {
        let orders = try ProbedServer()
        try orders.console.run(
            """
            create function drctl.refuse() returns trigger language plpgsql as
                'begin raise exception using errcode = ''58030'', message = ''no''; end';
            create constraint trigger late after insert or update on drctl.heartbeat
                deferrable initially deferred for each row execute function drctl.refuse();
            """)
        let answer = try await orders.ask()
        #expect(answer.outcome == .stalled)
        #expect(answer.detail == "reads are answered, but a write does not commit: 58030: no")
    }

    @Test func `What is ours to repair is a configuration fault, each with its reason`() async throws {
        let orders = try ProbedServer()
        func fault(
            _ detail: String, _ access: SQLAccess? = nil, _ outcome: SQLAnswer.Outcome = .turnedAway
        ) async throws {
            let answer = try await orders.ask(.write("shop"), access)
            #expect(answer.outcome == outcome)
            #expect(answer.detail.contains(detail), "\(answer.detail)")
            #expect(!answer.detail.contains("FATAL"), "\(answer.detail)")
        }
        try await fault("28P01: password authentication failed", orders.access(user: "nobody"))
        let absent = orders.access(database: "absent")
        try await fault("3D000: database \"absent\" does not exist", absent, .misconfigured)
        try await fault("server does not support SSL", orders.access(tls: .require))
        try orders.console.run("revoke insert on drctl.heartbeat from drctl_probe")
        try await fault("42501: permission denied for table heartbeat")
        try orders.console.run("drop table drctl.heartbeat")
        try await fault("42P01: relation \"drctl.heartbeat\" does not exist", nil, .misconfigured)
        try orders.write("another\n", mode: 0o600)
        try await fault("28P01: password authentication failed for user \"drctl_probe\"")
        try orders.write("another\n", mode: 0o644)
        try await fault("can be read or changed by others (0644): make it 0600 and drctl's own, or 0640")
        try FileManager.default.removeItem(atPath: orders.passwordFile)
        try await fault("cannot be read: No such file or directory")
    }

    @Test func `A server that was told to be read-only is not a writer`() async throws {
        let orders = try ProbedServer()
        try orders.console.run("alter role drctl_probe set default_transaction_read_only = on")
        let answer = try await orders.ask()
        #expect(answer.outcome == .readOnly)
        #expect(answer.detail.contains("25006: cannot execute INSERT in a read-only transaction"))
    }

    @Test func `A server without a connection to spare lives`() async throws {
        let orders = try ProbedServer()
        try orders.console.run("alter role drctl_probe connection limit 0")
        let answer = try await orders.ask()
        #expect(answer.outcome == .crowded, "\(answer.detail)")
    }

    @Test func `D3: a write that does not commit in time has stalled, though reads are answered`()
        async throws
    {
        let orders = try ProbedServer()
        let other = try SQLConsole(orders.server)
        try other.run("begin; lock table drctl.heartbeat in share mode")
        let answer = try await orders.ask(limit: .milliseconds(500))
        #expect(answer.outcome == .stalled)
        #expect(answer.detail.hasPrefix("reads are answered, but a write does not commit: "))
        #expect(try await orders.ask(.readWriter, limit: .seconds(60)).outcome == .looked)
        let waiting = "select count(*) from pg_stat_activity where usename = 'drctl_probe'"
        let server = orders.server
        await eventually("the server still works on a write that nobody waits for") {
            (try? SQLConsole(server).run(waiting)) == "0"
        }
        try other.run("commit")
        #expect(try await orders.ask().outcome == .wrote)
    }

    @Test func `D3: a server that takes connections and goes no further has stalled, and delays nobody`()
        async throws
    {
        let orders = try ProbedServer()
        let hung = try #require(LoopbackServer(.hanging(UInt8(ascii: "N"))))
        let hungInTLS = try #require(LoopbackServer(.hanging(UInt8(ascii: "S"))))
        let sessions = SQLSessions()
        var context = ObserverContext.test()
        (context.sessions, context.sqlLimit) = (sessions, .seconds(600))
        let waiting = [(hung, SQLAccess.TLS.disable), (hungInTLS, .require)].map { server, tls in
            let question = SQLQuestion(access: orders.access(tls: tls), task: .write("shop"))
            return Task { [context] in
                await Probe(context: context).once(
                    Endpoint(host: "127.0.0.1", port: server.port), asking: question)
            }
        }
        await eventually("the sessions did not begin") {
            hung.counts.accepted == 2 && hungInTLS.counts.accepted == 2
        }
        let question = SQLQuestion(access: orders.access(), task: .write("shop"))
        let answer = await Probe(context: context).once(
            Endpoint(host: "127.0.0.1", port: orders.server.port), asking: question)
        #expect(answer.value?.sql?.outcome == .wrote)
        for task in waiting { task.cancel() }
        for task in waiting { #expect(await task.value.unknownReason == .missing) }
        for (server, tls) in [(hung, SQLAccess.TLS.disable), (hungInTLS, .require)] {
            let answer = try await orders.ask(
                .write("shop"), orders.access(tls: tls), port: server.port, limit: .milliseconds(100))
            #expect(answer.outcome == .stalled)
            #expect(
                answer.detail
                    == "it accepts connections and opens no session: no answer in 100 ms")
        }
        await eventually("a session stayed open") { hung.counts.open + hungInTLS.counts.open == 0 }
    }

    @Test func `The server's certificate must be of the right authority and of the right name`() async throws
    {
        let orders = try ProbedServer(ssl: true)
        let right = orders.access(tls: .verifyFull(caBundle: orders.server.certificate))
        let (task, host) = (SQLOrder.Task.write("shop"), ProbedServer.host)
        #expect(try await orders.ask(task, right, host: host).outcome == .wrote)
        let byAddress = try await orders.ask(task, right, host: "127.0.0.1")
        #expect(byAddress.outcome == .turnedAway)
        #expect(byAddress.detail.contains("does not match host name"), "\(byAddress.detail)")
        let stranger = try LocalPostgres()
        try stranger.stop()
        try stranger.start(ssl: true)
        let wrong = orders.access(tls: .verifyFull(caBundle: stranger.certificate))
        let untrusted = try await orders.ask(task, wrong, host: host)
        #expect(untrusted.outcome == .turnedAway)
        #expect(untrusted.detail.contains("certificate verify failed"), "\(untrusted.detail)")
        let missing = orders.access(tls: .verifyFull(caBundle: "/absent/ca.pem"))
        #expect(try await orders.ask(task, missing, host: host).detail.contains("/absent/ca.pem"))
        #expect(try await orders.ask(task, orders.access(tls: .require), host: host).outcome == .wrote)
    }

    @Test func `A replica shows what it has, is not a writer, and writes once promoted`() async throws {
        let orders = try ProbedServer()
        #expect(try await orders.ask().outcome == .wrote)
        let replica = try LocalPostgres(replicaOf: orders.server)
        let console = try SQLConsole(replica)
        await eventually("the row did not come") {
            (try? SQLConsole(replica).run("select count(*) from drctl.heartbeat")) == "1"
        }
        let look = try await orders.ask(.readReplica("shop"), port: replica.port)
        #expect(look.outcome == .looked)
        #expect(look.position == (try console.run("select pg_last_wal_replay_lsn()::text")))
        let written = try #require(
            try orders.console.run("select (extract(epoch from at) * 1000)::bigint from drctl.heartbeat"))
        let heartbeat = try #require(look.heartbeat)
        #expect(heartbeat.sampledAt == ObserverContext.testNow)
        // The tests' clock stands in the past of the server's: what is not yet is not negative.
        #expect(heartbeat.lagSeconds == 0)
        #expect(Int64(written) ?? 0 > ObserverContext.testNow.milliseconds)
        #expect(try await orders.ask(port: replica.port).outcome == .readOnly)
        // What anybody commits is told as well, where drctl has no row or writes none.
        try orders.console.run("create table shop (id int)")
        await eventually("the commit did not come") {
            (try? SQLConsole(replica).run("select count(*) from pg_class where relname = 'shop'")) == "1"
        }
        for other in ["other", nil] as [WorkloadID?] {
            #expect(try await orders.ask(.readReplica(other), port: replica.port).heartbeat != nil)
        }
        try replica.promote()
        #expect(try await orders.ask(port: replica.port).outcome == .wrote)
        let promoted = try await orders.ask(.readReplica("shop"), port: replica.port)
        #expect(promoted.heartbeat == nil, "nothing has brought it")
    }

    @Test func `Both sides are asked, each for what it is there for, and only where config_yaml says so`()
        async throws
    {
        let orders = try ProbedServer()
        var database = Database.rds("orders").at(Endpoint(host: "127.0.0.1", port: orders.server.port))
        database.standby.endpoint = database.primary.endpoint
        let bare = await ProbeObserver(context: .test()).observe([Workload.test("shop", database)])
        #expect(bare.allSatisfy { $0.source == "TCP probe" })
        database.sql = orders.access()
        var outcomes: [Side: SQLAnswer.Outcome] = [:]
        for seen in await ProbeObserver(context: .test()).observe([Workload.test("shop", database)]) {
            guard case .probe(let side, .known(let answer)) = seen.fact else { continue }
            #expect(seen.source == "SQL probe")
            outcomes[side] = answer.sql?.outcome
        }
        #expect(outcomes == [.primary: .wrote, .standby: .looked])
    }
}
