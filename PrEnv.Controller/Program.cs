using PrEnv.Controller.Commands;
using PrEnv.Controller.Startup;

return await CommandLine.RunAsync(args, Surroundings.OfProcess(), Console.Out, Console.Error);
