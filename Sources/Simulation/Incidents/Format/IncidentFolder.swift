import Foundation

/// All timelines of a folder.
public enum IncidentFolder {
    /// The `.yaml` and `.yml` files of `path`, in the order of their names.
    ///
    /// - Throws: `IncidentProblems` with everything that is wrong with any of them; then nothing can be
    /// scored.
    public static func read(_ path: String) throws(IncidentProblems) -> [Incident] {
        var problems: [IncidentProblem] = []
        var incidents: [Incident] = []
        for file in try files(of: path) {
            guard let data = FileManager.default.contents(atPath: file),
                let text = String(validating: data, as: UTF8.self)
            else {
                problems.append(
                    IncidentProblem(file: file, message: "cannot be read as text; save it as UTF-8"))
                continue
            }
            do throws(IncidentProblems) {
                incidents.append(try IncidentReader.read(Self.unmarked(text), file: file))
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw IncidentProblems(problems: problems) }
        return incidents
    }

    /// Without the byte order mark that editors on Windows put in front.
    private static func unmarked(_ text: String) -> String {
        text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    private static func files(of path: String) throws(IncidentProblems) -> [String] {
        func refusal(_ message: String) -> IncidentProblems {
            IncidentProblems(problems: [IncidentProblem(file: path, message: message)])
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw refusal(
                "is not a folder that can be read; name one with timelines (.yaml), as "
                    + "docs/incidents/README.md has them")
        }
        let wanted = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
        guard !wanted.isEmpty else {
            throw refusal("has no .yaml files; docs/incidents/README.md says how to write one")
        }
        let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
        return wanted.map { "\(folder)/\($0)" }
    }
}
