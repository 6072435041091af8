import Failover

/// The whole page. It needs nothing but this: no script, no style and no picture of anybody else's, and it
/// can be read without any of ours.
struct StatusPage {
    let snapshot: PageFeed.Snapshot

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(snapshot.title) - drctl</title>
        <link rel="stylesheet" href="/page.css">
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <script src="/page.js" defer></script>
        <noscript><meta http-equiv="refresh" content="10"></noscript>
        </head>
        <body>
        <a class="skip" href="#workloads">Go to the workloads</a>
        <header>
        <h1>drctl</h1>
        <p id="as-of">As of \(time(snapshot.now, now: snapshot.now))<span id="link"></span></p>
        </header>
        <p id="announce" class="unseen" role="status" aria-live="polite"></p>
        <main>
        \(piece("summary"))<section id="workloads" aria-labelledby="workloads-title">
        <h2 id="workloads-title">Workloads</h2>
        \(snapshot.pieces.filter { $0.id.hasPrefix("w-") }.map(\.html))</section>
        \(piece("history"))</main>
        <footer>
        \(piece("service"))<p class="quiet">To act, use <code>drctl</code>: this page only shows.</p>
        </footer>
        </body>
        </html>

        """
    }

    private func piece(_ id: String) -> HTML {
        snapshot.pieces.first { $0.id == id }?.html ?? .nothing
    }
}
