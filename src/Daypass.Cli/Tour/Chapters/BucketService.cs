namespace Daypass.Cli.Tour.Chapters;

/// <summary>samples/BucketService: registered, with a key of its own that can ask for leases and do nothing else.</summary>
internal static class BucketService
{
    private const string LeasePolicy = """
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": ["daypass:AcquireLeases", "daypass:ReportEvents"],
            "Resource": "arn:aws:daypass:us-east-1:111122223333:service/s3"
          }
        }
        """;

    public static async Task PlayAsync(Stage stage)
    {
        stage.Page.Paragraph("A service is registered by the account that owns it. Its own user may ask Daypass about the callers of this service and report what they do, and nothing else.");
        await stage.AllowAsync("daypass register-service --name s3 --region us-east-1 --profile admin", "the name s3 belongs to this account now", "service/s3");
        await stage.AllowAsync("iam create-user --user-name bucket-service --profile admin", "a user for the service", "user/bucket-service");
        await stage.WriteFileAsync("leases.json", LeasePolicy);
        await stage.AllowAsync("iam put-user-policy --user-name bucket-service --policy-name leases --policy-document file://leases.json --profile admin", "it may acquire leases, and report events");
        await stage.AllowAsync(
            "iam create-access-key --user-name bucket-service --profile admin --save-profile default --save-file bucket-service.credentials",
            "its key went into a file and not onto the screen", "(saved: profile default");
        stage.Page.Command($"./run sample bucket-service --urls {stage.Buckets} --data-dir buckets --daypass {stage.Daypass} --credentials bucket-service.credentials --region us-east-1 &");
        await stage.StartBucketsAsync();
        stage.Judge("the bucket service is up", true);
        await FillAsync(stage);
    }

    private static async Task FillAsync(Stage stage)
    {
        await stage.AllowAsync($"http PUT {stage.Buckets}/ledger --profile admin", "the administrator makes a bucket", aws: "aws s3 mb s3://ledger --profile admin");
        foreach (var day in new[] { "21", "22" })
        {
            await stage.WriteFileAsync($"{day}.log", $"2026-11-{day} 09:30 transfer 250.00 EUR from 4711 to 4712");
            await stage.AllowAsync($"http PUT {stage.Buckets}/ledger/transactions/{day}.log --data @{day}.log --profile admin", "and puts a transaction log in it",
                aws: $"aws s3 cp {day}.log s3://ledger/transactions/{day}.log --profile admin");
        }
        await stage.RefuseAsync($"http GET {stage.Buckets}/ledger/transactions/22.log --unsigned", "a stranger is refused", ["AccessDenied"],
            aws: "aws s3 cp s3://ledger/transactions/22.log - --no-sign-request");
    }
}
