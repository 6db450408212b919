namespace HostService;

/// <summary>What the service says to <c>--help</c>, and to a start that lacks an option.</summary>
internal static class Usage
{
    private static readonly string[] Required = ["daypass", "credentials"];

    public const string Text = """
        A small API of uproject's style that Daypass protects: virtual hosts, in memory only.

          ./run sample host-service --daypass URL --credentials FILE [options]

          --daypass URL        the Daypass server, such as http://127.0.0.1:8450
          --credentials FILE   with what the service calls Daypass: needs daypass:VerifyRequests, daypass:AcquireLeases and daypass:ReportEvents on the service uhost, nothing else
          --region NAME        the region that the service is registered in (default us-east-1)
          --urn-prefix WORD    the first word of URNs, as the server has it (default ucs)
          --urls URL           where to listen (default http://localhost:5000)

        Once before, as an administrator:   ./run cli daypass register-service --name uhost --region us-east-1
        The rest of its setup, and calls to try: docs/guide/uproject-services.md
        """;

    /// <summary>Says in one sentence which setting is missing or cannot be used; null when the service can start.</summary>
    public static string? FirstFault(IConfiguration settings)
    {
        if (Required.FirstOrDefault(name => string.IsNullOrEmpty(settings[name])) is { } missing)
            return $"The option --{missing} is required; --help explains it.";
        if (!Uri.TryCreate(settings["daypass"], UriKind.Absolute, out var daypass) || daypass.Scheme is not ("http" or "https"))
            return $"The option --daypass is an address such as http://127.0.0.1:8450, not '{settings["daypass"]}'.";
        return File.Exists(settings["credentials"]) ? null : $"The credentials file '{settings["credentials"]}' is not there; ./run cli iam create-access-key --save-profile default --save-file FILE makes one.";
    }
}
