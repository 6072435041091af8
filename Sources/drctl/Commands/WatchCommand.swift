import ArgumentParser
import Failover
import Foundation
import Server

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow live where every workload stands, until Ctrl-C.",
        discussion: """
            On a terminal the picture is redrawn in place, and what was there before is back at the end. \
            Elsewhere, and with --json, one line is printed for each change. When the service stops \
            answering, it says since when and tries again. Exits with 5 when no service answers at the \
            beginning.
            """)

    @Argument(help: "Only this workload, in detail.")
    var workload: String?

    @Option(help: ArgumentHelp("Seconds between two looks, 0.2 to 60.", valueName: "seconds"))
    var interval = 1.0

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0.2...60).contains(interval) else { throw ValidationError("--interval takes 0.2 to 60") }
    }

    func run() async throws {
        let client = try common.client()
        // A wrong name or no service is told before the screen is taken.
        var picture = WatchPicture(status: try await client.status(), workload: workload)
        try picture.checkName()
        let isScreen = isatty(STDOUT_FILENO) == 1 && !common.json
        let screen = isScreen ? AlternateScreen() : nil
        var log = ChangeLog(json: common.json)
        screen?.open()
        defer { screen?.close() }
        for await event in WatchEvent.stream(every: .milliseconds(Int64(interval * 1000))) {
            switch event {
            case .end: return
            case .resize: break
            case .look: await look(client, &picture)
            }
            if let screen {
                let display = Display.standardOutput(common.color)
                screen.draw(display.rendered(picture.text(now: wallTime())), rows: display.rows)
            } else {
                for line in try log.lines(of: picture, now: wallTime()) { common.show(line) }
                // A file or a pipe gets whole blocks otherwise, and who follows it waits.
                fflush(nil)
            }
        }
    }

    private func look(_ client: ServiceClient, _ picture: inout WatchPicture) async {
        do {
            picture.seen(try await client.status())
        } catch {
            let reason = (error as? Failure)?.message ?? "\(error)"
            picture.lost(because: reason, at: wallTime())
        }
    }
}
