using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Daypass;

public sealed class NodeActionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly ActionBench _bench = new();

    public NodeActionTests()
    {
        _bench.PutInstallation(DocumentKinds.Account, new Account { Id = ActionBench.HomeAccount.ToString(), Name = "First", Email = "a@example.com", Created = Noon, IsOperator = true });
        _bench.Nodes = () => new NodesSeen(
            new NodeList(Noon, [Node("gone", "b:1/2", Noon.AddSeconds(-11), 3, Noon.AddSeconds(-12)), Node("here", "a:1/2", Noon.AddSeconds(-1), 7, null)]), 9);
    }

    [Fact]
    public void Nodes_are_listed_with_how_far_behind_they_are_and_whether_they_live()
    {
        var nodes = _bench.Call("ListNodes")["Nodes"]!.AsArray();
        Assert.Equal(["here", "gone"], nodes.Select(node => (string)node!["NodeId"]!));
        Assert.Equal(["Live", "Missing"], nodes.Select(node => (string)node!["State"]!));
        Assert.Equal([2, 6], nodes.Select(node => (int)node!["ChangesBehind"]!));
        Assert.Null(nodes[0]!["ShippedUntilTime"]);
    }

    [Fact]
    public void A_node_that_is_missing_can_be_forgotten_and_one_that_lives_cannot()
    {
        Assert.Equal("gone", (string)_bench.Call("ForgetNode", ("NodeId", "gone"))["Node"]!["NodeId"]!);
        Assert.Equal("DeleteConflict", _bench.Refusal("ForgetNode", ("NodeId", "here")).Code);
        Assert.Equal("NoSuchEntity", _bench.Refusal("ForgetNode", ("NodeId", "nobody")).Code);
    }

    [Theory]
    [InlineData("ListNodes")]
    [InlineData("ForgetNode", "NodeId", "gone")]
    public void Another_accounts_administrator_neither_sees_nor_forgets_nodes(string action, params string[] parameter)
    {
        var other = AccountId.Of(222222222222);
        _bench.AddAccount(other);
        var refusal = _bench.As(ActionBench.Admin, other).Refusal(action, parameter is [var name, var value] ? [(name, value)] : []);
        Assert.Equal("AccessDenied", refusal.Code);
    }

    [Fact]
    public void Who_has_no_right_to_it_is_refused_in_the_first_account_too() =>
        Assert.Equal("AccessDenied", _bench.AsHolderOf("daypass:ListNodes").Refusal("ForgetNode", ("NodeId", "gone")).Code);

    private static NodeStatus Node(string id, string name, DateTimeOffset reported, long applied, DateTimeOffset? shipped) => new(new NodeReport(id, name, "0.1.0", applied, shipped), reported);
}
