/// Collects what is wrong while a file is read, so that all of it can be shown at once.
final class Findings {
    /// Enough for a bad day; a file with more faults needs another look before its faults do.
    static let limit = 200

    let file: String
    private var errors: Set<Problem> = []
    private var cautions: Set<Problem> = []
    /// The kinds of section that were met; the tests compare it with `KnownKeys`.
    private(set) var sections: Set<ObjectIdentifier> = []

    /// Set while the parser is watched for the schema: then there is no file, and nothing wrong with it.
    let survey: SchemaSurvey?

    init(file: String, survey: SchemaSurvey? = nil) {
        self.file = file
        self.survey = survey
    }

    var hasErrors: Bool { !errors.isEmpty }
    var problems: [Problem] { Self.sorted(errors) }
    var warnings: [Problem] { Self.sorted(cautions) }

    /// About the file as a whole.
    func refuse(_ message: String) { refuse(Position(line: 1, column: 1), "", message) }

    func refuse(_ position: Position, _ path: String, _ message: String) {
        guard survey == nil, errors.count < Self.limit else { return }
        errors.insert(problem(position, path, message))
    }

    func warn(_ position: Position, _ path: String, _ message: String) {
        guard cautions.count < Self.limit else { return }
        cautions.insert(problem(position, path, message))
    }

    func refuse<Value>(_ place: Located<Value>, _ message: String) {
        refuse(place.position, place.path, message)
    }
    func warn<Value>(_ place: Located<Value>, _ message: String) { warn(place.position, place.path, message) }

    func met(_ section: ObjectIdentifier) { sections.insert(section) }

    private func problem(_ position: Position, _ path: String, _ message: String) -> Problem {
        Problem(file: file, line: position.line, column: position.column, path: path, message: message)
    }

    private static func sorted(_ problems: Set<Problem>) -> [Problem] {
        problems.sorted {
            ($0.line, $0.column, $0.path, $0.message) < ($1.line, $1.column, $1.path, $1.message)
        }
    }
}
