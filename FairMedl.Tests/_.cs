namespace FairMedl.Tests;
