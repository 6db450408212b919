using Daypass.Cli.Credentials;
using Daypass.Cli.Tour;
using Daypass.Testing;

namespace Daypass.Cli.Tests;

public sealed class TourTests : IDisposable
{
    private readonly TestHost _host = new();

    [Fact]
    public async Task The_tour_keeps_every_promise_against_the_built_server_and_bucket_service()
    {
        var exitCode = await _host.RunAsync("tour", "--server", Checkout.ServerProgram, "--sample", Checkout.BucketProgram);
        Assert.True(exitCode == 0, _host.Output + _host.Error);
        Assert.Contains("every promise kept", _host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _host.Output);
    }

    [Fact]
    public async Task A_tour_whose_server_does_not_start_fails_and_says_so()
    {
        Assert.Equal(1, await _host.RunAsync("tour", "--server", "no-such.dll", "--sample", "no-such.dll"));
        Assert.Contains("NOT AS PROMISED The server ended with exit code", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_repository_the_tour_says_where_it_is_to_be_had()
    {
        Assert.Equal(1, await _host.RunAsync("tour"));
        Assert.Contains("./run tour", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_masked_wherever_they_stand()
    {
        var path = Path.Combine(_host.Folder, "credentials");
        CredentialsFile.Save(path, "alice", new AccessKey("AKEXAMPLE", "SECRETEXAMPLE", "TOKENEXAMPLE", ""));
        Assert.Equal("key AKEXAMPLE ********/********", SecretMask.Apply("key AKEXAMPLE SECRETEXAMPLE/TOKENEXAMPLE", CredentialsFile.TryRead(path)));
    }

    [Theory]
    [InlineData("iam list-users --profile alice", "aws iam list-users --profile alice")]
    [InlineData("sts assume-role --role-arn R --profile a --save-profile b", "aws sts assume-role --role-arn R --profile a")]
    [InlineData("iam create-access-key --save-profile b --save-file f --user-name u", "aws iam create-access-key --user-name u")]
    [InlineData("daypass get-clock", null)]
    [InlineData("http GET http://x/", null)]
    [InlineData("clock show", null)]
    public void A_command_has_its_aws_line_where_aws_can_say_it(string command, string? line) => Assert.Equal(line, AwsLine.Of(command));

    public void Dispose() => _host.Dispose();
}
