using PrEnv.Controller.Commands;
using PrEnv.Controller.Http;
using PrEnv.Controller.Startup;

var surroundings = Surroundings.OfProcess();
// For the API server and for GitHub; probes have an option of their own.
HttpClient.DefaultProxy = new EnvironmentProxy(surroundings.Variables);
return await CommandLine.RunAsync(args, surroundings, Console.Out, Console.Error);
