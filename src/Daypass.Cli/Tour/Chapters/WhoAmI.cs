namespace Daypass.Cli.Tour.Chapters;

internal static class WhoAmI
{
    public static async Task PlayAsync(Stage stage)
    {
        stage.Page.Paragraph("The first start made an account with an administrator.");
        await stage.AllowAsync("sts get-caller-identity --profile admin", "the administrator of the first account", $"arn:aws:iam::{Stage.Account}:user/admin");
    }
}
