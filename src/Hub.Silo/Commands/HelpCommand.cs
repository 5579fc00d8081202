namespace Hub.Silo.Commands;

/// <summary>Says what can be asked of the executable.</summary>
internal static class HelpCommand
{
    private const string Text = """
        OmniHub, a payment hub.

          (no command)    run the hub; sandbox mode on http://localhost:5080 unless told otherwise
          sandbox         run the outside parties alone: bank, phone network, mailbox, shop
          verify          check a journal against every invariant it can show; beside a running hub, or on a copy:
                          --Hub:Data=…, --journal=…/journal.db, or --Hub:Journal=postgres; --views: the views too; --at-rest: nothing may be pending
                          ends with 0: clean, 1: violations, 2: it could not be read
          admin create    add a member of staff: --email=… --roles=support,finance --merchants=mer_…; on SQLite stop the hub first
          keys rotate     encrypt the vault under new keys; on SQLite stop the hub first
          receipt verify  check a receipt without asking anybody: receipt verify receipt.json --keys=keys.json, where keys.json is
                          what GET /v1/keys/signing answered; ends with 0: genuine, 1: not, or it could not be read
          health          ask the hub at --urls whether it is ready; ends with 0 or 1

        Settings go on the command line or into the environment: --Hub:Data=/var/lib/omnihub or Hub__Data=…
          --urls                 where to listen            http://localhost:5080
          Hub:Mode               sandbox or live            sandbox
          Hub:Data               journal, vault and keys    ./data
          Hub:Journal            sqlite or postgres         sqlite
          ConnectionStrings:Journal   the database, with postgres; ConnectionStrings:Vault another one for the vault
          Hub:MasterKey          the vault's master key     {Hub:Data}/master.key
          Hub:PublicUrl          how others reach the hub   the listening address
          Hub:ChatOrigins        shops that hold the chat   none
          Hub:Sandbox            a sandbox elsewhere        in this process
          Hub:SandboxSmtpPort    the sandbox's mail server  2525
        """;

    internal static int Run()
    {
        Console.WriteLine(Text);
        return 0;
    }

    internal static int Unknown(string command)
    {
        Console.Error.WriteLine($"There is no command '{command}'. See: dotnet run --project src/Hub.Silo -- help");
        return 1;
    }
}
