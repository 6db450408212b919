using System.Text.Json;

namespace Daypass.Testing;

/// <summary>Another account of a server's organization.</summary>
public static class SecondAccount
{
    private static int _accounts;

    /// <summary>The administrator of a new account, in it through the role that the organization made.</summary>
    public static async Task<SigningClient> MakeAsync(DaypassServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        await server.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128.CreateOrganization", "{}");
        var created = await server.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128.CreateAccount", $$"""{"AccountName":"Second","Email":"second-{{Interlocked.Increment(ref _accounts)}}@example.com"}""");
        var request = JsonDocument.Parse(created.Body).RootElement.GetProperty("CreateAccountStatus").GetProperty("Id").GetString();
        for (var tries = 0; tries < 600; tries++)
        {
            var status = await server.Administrator.JsonAsync("organizations", "AWSOrganizationsV20161128.DescribeCreateAccountStatus", $$"""{"CreateAccountRequestId":"{{request}}"}""");
            var state = JsonDocument.Parse(status.Body).RootElement.GetProperty("CreateAccountStatus");
            if (state.GetProperty("State").GetString() == "SUCCEEDED")
            {
                var role = $"arn:aws:iam::{state.GetProperty("AccountId").GetString()}:role/OrganizationAccountAccessRole";
                var session = await server.Administrator.StsAsync("AssumeRole", ("RoleArn", role), ("RoleSessionName", "second"));
                return server.Administrator.With(session.Result.GetProperty("Credentials"));
            }
            await Task.Delay(50);
        }
        throw new TimeoutException("The second account was never made.");
    }

    /// <summary>The account that a client is in.</summary>
    public static async Task<string> IdOfAsync(SigningClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return (await client.StsAsync("GetCallerIdentity")).Result.GetProperty("Account").GetString()!;
    }
}
