import ArgumentParser
import Settings

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "About the configuration file.", subcommands: [Schema.self])

    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of config.yaml.",
            discussion: """
                Draft 2020-12, made from the parser itself. An editor with the YAML language server checks \
                and completes a file that begins with the line
                # yaml-language-server: $schema=/usr/share/drctl/config.schema.json
                How values must fit to each other only drctl validate knows.
                """)

        func run() { print(ConfigurationSchema().json, terminator: "") }
    }
}
