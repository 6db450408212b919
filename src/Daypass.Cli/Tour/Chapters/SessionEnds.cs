namespace Daypass.Cli.Tour.Chapters;

internal static class SessionEnds
{
    public static async Task PlayAsync(Stage stage)
    {
        stage.Page.Paragraph("This server was started with --movable-clock: its administrator can move policy time forward instead of waiting for an hour. Signatures keep real time, so clients go on working.");
        await stage.AllowAsync("clock advance 1h1m --profile admin", "an hour and a minute later", "OffsetSeconds");
        await stage.RefuseAsync("sts get-caller-identity --profile reader", "Daypass refuses the session", ["(ExpiredToken)"]);
        await stage.RefuseAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile reader", "and so does the bucket service, for the command that worked before", ["ExpiredToken"],
            aws: "aws s3 cp s3://ledger/transactions/22.log - --profile reader", soon: true);
        await stage.AllowAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --profile admin", "long-term keys are as they were", "250.00 EUR");
    }
}
