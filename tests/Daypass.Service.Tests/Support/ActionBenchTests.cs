using Daypass.Service.Directories;

namespace Daypass.Service.Tests.Support;

public sealed class ActionBenchTests
{
    private readonly ActionBench _bench = new();

    [Fact]
    public void The_administrator_calls_unless_told_otherwise() =>
        Assert.Equal("arn:aws:iam::123456789012:user/admin", _bench.Call("GetCallerIdentity")["Arn"]!.GetValue<string>());

    [Fact]
    public void What_was_put_is_there() => Assert.Equal("holder", _bench.AsHolderOf("iam:GetUser").Home.FindUser("holder")!.Name);

    [Fact]
    public void A_caller_is_as_the_directory_has_it_now()
    {
        _bench.Put(DocumentKinds.User, _bench.Home.FindUser("admin")! with { Path = "/moved/" });
        Assert.Equal("arn:aws:iam::123456789012:user/moved/admin", _bench.Call("GetCallerIdentity")["Arn"]!.GetValue<string>());
    }
}
