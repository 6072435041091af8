import Failover

/// The last hour's lag as a small drawing, with the same said in words.
struct LagPlot {
    let points: [LagHistory.Point]
    let now: Timestamp
    /// `maximum_data_loss` in seconds.
    let limit: Double?

    private static let width = 480.0
    private static let height = 72.0

    /// In words: what a screen reader says, and a text browser shows.
    var summary: String {
        guard let last = points.last, let highest = points.map(\.seconds).max() else {
            return "No lag has been seen in the last hour."
        }
        let bound = limit.map { ", at most \(span($0)) may be lost" } ?? ""
        return "Lag in the last hour: \(span(last.seconds)) at the end, \(span(highest)) at most\(bound)."
    }

    /// A text browser shows every word of it, a drawing only those in `text`: the others make a sentence of
    /// them.
    var html: HTML {
        guard !points.isEmpty else { return .nothing }
        return """
            <svg class="plot" viewBox="0 0 480 92" role="img" aria-label="\(summary)">
            <line class="axis" x1="0" y1="72" x2="480" y2="72"/>\(lines)
            (A drawing from 0 to <text x="0" y="11">\(span(top))</text>, \(limitLine)from
            <text x="0" y="88">1 h ago</text> to
            <text x="480" y="88" text-anchor="end">now</text>.)
            </svg>
            """
    }

    /// The highest value drawn: the limit too where it is not far away, so that a flat line stays flat.
    private var top: Double {
        let highest = points.map(\.seconds).max() ?? 0
        guard let limit, limit <= highest * 4 else { return max(highest * 1.5, 1) }
        return max(highest, limit) * 1.25
    }

    private var limitLine: HTML {
        guard let limit, limit <= top else { return .nothing }
        return """
            <line class="limit" x1="0" y1="\(y(limit))" x2="480" y2="\(y(limit))"/>\
            <text class="limit" x="478" y="\(y(limit) - 4)" text-anchor="end">\
            limit \(span(limit))</text>,\u{20}
            """
    }

    /// Broken where nothing was known.
    private var lines: [HTML] {
        var runs: [[LagHistory.Point]] = []
        for point in points {
            if let last = runs.last?.last, point.at - last.at <= LagHistory.step * 4 {
                runs[runs.count - 1].append(point)
            } else {
                runs.append([point])
            }
        }
        return runs.map { run in
            guard run.count > 1 else {
                return #"<circle class="lag" cx="\#(x(run[0].at))" cy="\#(y(run[0].seconds))" r="2"/>"#
            }
            let places = run.map { "\(x($0.at)),\(y($0.seconds))" }.joined(separator: " ")
            return #"<polyline class="lag" points="\#(places)"/>"#
        }
    }

    private func x(_ time: Timestamp) -> Double {
        let part = 1 - (now - time).inSeconds / LagHistory.span.inSeconds
        return (max(0, min(1, part)) * Self.width * 10).rounded() / 10
    }

    private func y(_ seconds: Double) -> Double {
        ((1 - max(0, min(1, seconds / top))) * Self.height * 10).rounded() / 10
    }

    private func span(_ seconds: Double) -> String { Duration.milliseconds(Int64(seconds * 1000)).text }
}
