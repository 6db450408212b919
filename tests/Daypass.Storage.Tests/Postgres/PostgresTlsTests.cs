using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Npgsql;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>Nothing goes to another machine in the clear unless somebody chose that.</summary>
public sealed class PostgresTlsTests
{
    [Theory]
    [InlineData("Host=db.example.com;Password=EXAMPLE")]
    [InlineData("Host=db.example.com;Password=EXAMPLE;SSL Mode=Prefer")]
    [InlineData("Host=db.example.com;Password=EXAMPLE;SslMode=Allow")]
    [InlineData("Host=10.0.0.5")]
    [InlineData("Host=[2001:db8::1]:5433")]
    [InlineData("Host=127.0.0.1,db2")]
    [InlineData("Host=localhost.example.com")]
    [InlineData("Host=127.0.0.1.example.com:5432")]
    [InlineData("Host=0.0.0.0")]
    public void A_database_on_another_machine_needs_a_choice_of_TLS(string connectionString)
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => PostgresSettings.Source(connectionString));
        Assert.StartsWith("The database is on another machine", refused.Message);
        Assert.Contains("SSL Mode=VerifyFull", refused.Message);
        Assert.DoesNotContain("EXAMPLE", refused.Message);
    }

    [Theory]
    [InlineData("Host=db.example.com;SSL Mode=VerifyFull")]
    [InlineData("Host=db.example.com;SSL Mode=VerifyCA")]
    [InlineData("Host=db.example.com;SSL Mode=Require")]
    [InlineData("Host=db.example.com;SSL Mode=Disable")]
    [InlineData("Host=localhost")]
    [InlineData("Host=LOCALHOST:5433")]
    [InlineData("Host=127.0.0.1, 127.0.0.2:5433")]
    [InlineData("Host=::1")]
    [InlineData("Host=[::1]:5433")]
    [InlineData("Host=/var/run/postgresql")]
    public void What_is_chosen_and_what_stays_on_the_machine_is_taken(string connectionString)
    {
        using var source = PostgresSettings.Source(connectionString);
        Assert.Equal(new NpgsqlConnectionStringBuilder(connectionString).SslMode, new NpgsqlConnectionStringBuilder(source.ConnectionString).SslMode);
    }
}
