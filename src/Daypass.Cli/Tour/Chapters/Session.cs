namespace Daypass.Cli.Tour.Chapters;

internal static class Session
{
    public static async Task PlayAsync(Stage stage)
    {
        await stage.AllowAsync("sts assume-role --role-arn arn:aws:iam::111122223333:role/log-reader --role-session-name alice-audits --profile alice --save-profile reader",
            "alice gets credentials for an hour", "assumed-role/log-reader/alice-audits");
        await stage.AllowAsync("sts get-caller-identity --profile reader", "with them she is the role's session", "arn:aws:sts::111122223333:assumed-role/log-reader/alice-audits");
    }
}
