using Daypass.Server.Health;

namespace Daypass.Server.Setup;

/// <summary>What the server says when it is ready: where it is, whose keys it made, and what to type next.</summary>
internal static class Banner
{
    public static void Write(TextWriter output, ILogger logger, ServerOptions options, IEnumerable<string> addresses, Bootstrap.Made? made, TimeSpan clockOffset)
    {
        var urls = addresses.Take(options.Urls.Count).ToList();
        if (options.LogsJson)
        {
            // Lines of JSON are kept and searched by others: the secret is in its file only.
            Log.Started(logger, HealthEndpoint.Version, string.Join(", ", urls));
            if (made is not null)
                Log.FirstStart(logger, made.Account.ToString(), made.CredentialsFile);
            return;
        }
        output.WriteLine($"Daypass {HealthEndpoint.Version} is ready on {string.Join(", ", urls)}   ({(options.Store is null ? "" : "shared store; ")}data: {options.DataDirectory}, Ctrl-C stops it)");
        if (options.MetricsUrl is not null)
            output.WriteLine($"Metrics are on {string.Join(", ", addresses.Skip(options.Urls.Count))}/metrics and nowhere else.");
        if (options.MovableClock)
            output.WriteLine("The clock is movable: an administrator can move policy time forward. This server is for trying things out, not for production.");
        if (clockOffset > TimeSpan.Zero)
            output.WriteLine($"Policy time is {clockOffset} ahead of real time; it was moved before and never goes back.");
        if (made is not null)
            WriteFirstStart(output, made, urls[0]);
        if (made is not null && options.Store is not null)
            output.WriteLine($"\nEvery other node needs a copy of the master key file {options.MasterKeyPath} (mode 0400): without it no node starts, and what the\ndatabase holds cannot be read. Further nodes and later starts: without --init.");
    }

    private static void WriteFirstStart(TextWriter output, Bootstrap.Made made, string url)
    {
        output.WriteLine($"""

            First start: this is your first account and its administrator. The secret is shown this once.

              Account            {made.Account}
              User               admin  (AdministratorAccess)
              Access key id      {made.AccessKeyId}
              Secret access key  {SecretOf(made)}
              Also in            {made.CredentialsFile}  (mode 0600, the format of an AWS credentials file)

            Next, in another terminal:

              export DAYPASS_CREDENTIALS_FILE={made.CredentialsFile}
              ./run cli sts get-caller-identity --endpoint-url {url}
              ./run cli iam create-user --user-name alice --endpoint-url {url}
              ./run tour
            """);
        if (IsOnPath("aws"))
        {
            output.WriteLine($"""

                With the AWS CLI (any version):

                  export AWS_SHARED_CREDENTIALS_FILE={made.CredentialsFile} AWS_DEFAULT_REGION=us-east-1
                  aws --endpoint-url {url} sts get-caller-identity
                  aws --endpoint-url {url} iam create-user --user-name alice
                """);
        }
    }

    // Whoever gave the secret has it; an unattended start's output ends in logs.
    private static string SecretOf(Bootstrap.Made made) => made.IsSecretGiven ? "(as given by DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY)" : made.SecretAccessKey;

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
