namespace Daypass.Cli.Tour;

/// <summary>The same call for the AWS CLI, where there is one: of the APIs that it knows, without our own options.</summary>
internal static class AwsLine
{
    private static readonly string[] Services = ["sts", "iam", "organizations", "cloudtrail"];
    private static readonly string[] OwnOptions = ["--save-profile", "--save-file"];

    public static string? Of(string command)
    {
        var words = command.Split(' ').ToList();
        if (!Services.Contains(words[0]))
            return null;
        foreach (var at in OwnOptions.Select(option => words.IndexOf(option)).Where(at => at >= 0).OrderDescending())
            words.RemoveRange(at, 2);
        return "aws " + string.Join(' ', words);
    }
}
